import type { EngineSnapshot } from '../docker/snapshot.ts'
import { type ContainerView, viewsOf } from './container-view.ts'
import type { Draft } from './draft.ts'
import { endedDraft } from './ended.ts'
import { engineDrafts } from './engine-rule.ts'
import type { Finding } from './finding.ts'
import { foldFindings } from './fold-findings.ts'
import { loopDraft } from './loop.ts'
import { memoryDraft } from './memory.ts'
import { neverStartedDraft } from './never-started.ts'
import { rankFindings } from './rank-findings.ts'
import { recentChanges } from './recent-changes.ts'
import { unhealthyDraft } from './unhealthy.ts'

/**
 * What is wrong in a snapshot: ranked, cause before symptom, none for a healthy engine. Pure: the same snapshot and `now` (ms since
 * 1970) give the same findings. Codes: D01 ended, D02 lack of memory, D04 restart loop, D05 unhealthy, D07 not startable, D18 engine
 * out of reach.
 */
export function deriveFindings(snapshot: EngineSnapshot, now: number): Finding[] {
  const views = viewsOf(snapshot)
  const found = [...engineDrafts(snapshot), ...views.flatMap((view) => containerFindings(view, now))]
  const drafts = foldFindings(found, views).map((draft) => ({
    ...draft,
    changed: recentChanges(draft, { snapshot, views, now }),
  }))
  return rankFindings(drafts, now)
}

/**
 * One finding for a container: the strongest of what is wrong with it, the others as effects of it. Lack of memory causes
 * restarts, both cause failing checks.
 */
function containerFindings(view: ContainerView, now: number): Draft[] {
  const memory = memoryDraft(view, now)
  const loop = loopDraft(view, now)
  const ended = memory === null && loop === null ? endedDraft(view, now) : null
  const wrong = [memory, loop, ended, unhealthyDraft(view), neverStartedDraft(view, now)].filter((one) => one !== null)
  const [cause, ...symptoms] = wrong
  if (cause === undefined) return []
  return [
    {
      ...cause,
      effects: symptoms.map(({ code, object, title }) => ({ code, object, title })),
      signs: [...new Set(wrong.flatMap(({ signs }) => signs))],
      evidence: [...new Set(wrong.flatMap(({ evidence }) => evidence))],
    },
  ]
}
