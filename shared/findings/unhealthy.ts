import { containerDraft, toldTrouble } from './container-draft.ts'
import { type ContainerView, engineItems } from './container-view.ts'
import type { Draft } from './draft.ts'
import { troubleIn } from './last-words.ts'
import { plain, typed } from './words.ts'

/** D05, runs, and its own health check fails. */
export function unhealthyDraft(view: ContainerView): Draft | null {
  if (view.state !== 'running' || view.health !== 'unhealthy') return null
  const { name } = view.object
  const health = view.facts?.health ?? null
  const last = health?.checks.at(-1)
  const output = plain(last?.output ?? '', 200)
  const streak = health === null ? '' : ` It has failed ${health.failingStreak} times in a row.`
  const check = last === undefined ? '' : ` Last: exit code ${last.exitCode}${output === '' ? '' : `, “${output}”`}.`
  const trouble = troubleIn(output) ?? view.lastWords?.sign ?? null
  const since = sinceOf(view)
  return containerDraft(view, {
    code: 'D05',
    tier: 1,
    title: `${name} is unhealthy`,
    why: `It runs, but its own health check fails.${streak}${check}`,
    cause: output === '' ? toldTrouble(view) : output,
    sure: view.facts === null ? 'likely' : 'measured',
    since,
    signs: ['unhealthy', ...(trouble === null ? [] : [trouble])],
    next: `Read what the check says: docker inspect --format '{{json .State.Health}}' ${typed(name)}`,
    mayFollow: trouble === null || trouble === 'no-connection',
    quotesLog: toldTrouble(view) !== null,
    ...(since !== null && { alsoFrom: [engineItems.events] }),
  })
}

/** The moment it turned: from the events, or the first failed check where the engine still has it. */
function sinceOf({ events, facts }: ContainerView): string | null {
  const turned = events.findLast(({ action }) => action.startsWith('health_status'))
  if (turned?.action === 'health_status: unhealthy') return turned.at
  const checks = facts?.health?.checks ?? []
  const lastGood = checks.findLastIndex(({ exitCode }) => exitCode === 0)
  return lastGood === -1 ? null : (checks[lastGood + 1]?.endedAt ?? null)
}
