import type { EngineSnapshot, Unread } from '../docker/snapshot.ts'
import { engineItems } from './container-view.ts'
import type { Draft } from './draft.ts'
import { engineDraft } from './engine-draft.ts'
import { plain, typed } from './words.ts'

/** API 1.24 is Docker 1.12 of 2016, the first with health checks; engines from 29 on know none older than 1.44. */
const oldestApi = [1, 24] as const

/** D18: the engine cannot be reached, or its answers are of no use. */
export function engineDrafts(snapshot: EngineSnapshot): Draft[] {
  const { containers, engine } = snapshot
  if (!containers.read) return [unreachableDraft(snapshot, containers)]
  if (engine.read && isTooOld(engine.value.apiVersion)) return [tooOldDraft(snapshot, engine.value.apiVersion)]
  return []
}

function unreachableDraft(snapshot: EngineSnapshot, unread: Unread): Draft {
  const { endpoint, engine } = snapshot
  const words = reasons[unread.code] ?? reasons['bad-answer']
  const answersOtherwise = engine.read ? ` It did tell its version, ${plain(engine.value.version, 60)}.` : ''
  return engineDraft(snapshot, {
    ...unreachable,
    title: `the engine ${plain(endpoint.name, 100)} ${words?.title ?? ''}`,
    why: `Asked to list its containers: ${unread.why}${answersOtherwise} Nothing that runs there can be judged.`,
    cause: plain(unread.why, 200),
    next: (words?.next ?? '').replace('{host}', typed(endpoint.host)),
    evidence: [engineItems.list, engineItems.version],
  })
}

function tooOldDraft(snapshot: EngineSnapshot, api: string): Draft {
  return engineDraft(snapshot, {
    ...unreachable,
    title: `the engine ${plain(snapshot.endpoint.name, 100)} is too old to be read in full`,
    why: `It speaks API ${plain(api, 20)}; Muster needs ${oldestApi.join('.')} or later. What else is found here may be incomplete.`,
    cause: `API ${plain(api, 20)}`,
    next: 'Look at this engine with its own docker command, and plan its update.',
    evidence: [engineItems.version],
  })
}

const unreachable = { code: 'D18', tier: 1, signs: ['engine-unreachable'] } satisfies Partial<Draft>

const reasons: Partial<Record<Unread['code'], { title: string; next: string }>> = {
  unreachable: {
    title: 'cannot be reached',
    next: 'Check that Docker runs on that machine and that this is the engine you mean: docker -H {host} version',
  },
  'no-permission': {
    title: 'does not let this user in',
    next: 'Use a user who may open it (often one of the group `docker`): docker -H {host} version',
  },
  'timed-out': {
    title: 'does not answer in time',
    next: 'See whether it is overloaded or hung: docker -H {host} version, and its log: journalctl -u docker',
  },
  'bad-answer': {
    title: 'gives no usable answer',
    next: 'Check what listens at this address: docker -H {host} version',
  },
  'too-large': {
    title: 'sends more than can be read',
    next: 'Check what listens at this address: docker -H {host} version',
  },
}

function isTooOld(api: string): boolean {
  const [, major, minor] = /^(\d{1,4})\.(\d{1,4})$/.exec(api) ?? []
  if (major === undefined || minor === undefined) return false
  return Number(major) < oldestApi[0] || (Number(major) === oldestApi[0] && Number(minor) < oldestApi[1])
}
