import { containerDraft } from './container-draft.ts'
import { type ContainerView, engineItems } from './container-view.ts'
import type { Draft } from './draft.ts'
import type { EngineSnapshot } from '../docker/snapshot.ts'
import { bytesInWords, plain, typed } from './words.ts'

const muchWritten = 10 * 1_073_741_824

/** D13: a container says that nothing more can be written. */
export function fullDiskDraft(view: ContainerView): Draft | null {
  const { lastWords, object, state } = view
  const checkSays = view.facts?.health?.checks.at(-1)?.output ?? ''
  const told =
    lastWords?.sign === 'disk-full'
      ? lastWords.text
      : /no space left on device/i.test(checkSays)
        ? plain(checkSays, 200)
        : null
  if (told === null || (state === 'exited' && view.exitCode === 0)) return null
  return containerDraft(view, {
    code: 'D13',
    tier: 1,
    title: `${object.name} cannot write: no space is left`,
    why: `It said: “${told}”. Others on the same disk will follow.`,
    cause: 'the disk, or a limit on it, is full',
    sure: 'likely',
    since: state === 'running' ? null : view.endedAt,
    signs: ['disk-full'],
    next: 'See what fills the disk: docker system df -v',
    mayFollow: false,
    quotesLog: lastWords?.sign === 'disk-full',
  })
}

/** What each container has written into its own layer, by id; empty where it could not be read. */
export function writtenBytesOf({ disk }: EngineSnapshot): ReadonlyMap<string, number> {
  return new Map((disk.read ? disk.value.containers : []).map(({ id, writtenBytes }) => [id, writtenBytes]))
}

/** D13: a container has written very much into its own layer, which is on the engine's disk and goes with it. */
export function writtenDraft(view: ContainerView, writtenBytes: ReadonlyMap<string, number>): Draft | null {
  const written = writtenBytes.get(view.object.id) ?? 0
  if (written < muchWritten) return null
  const draft = containerDraft(view, {
    code: 'D13',
    tier: 2,
    title: `${view.object.name} has written ${bytesInWords(written)} into its own layer`,
    why: 'That is on the engine’s disk, beside all other containers, and is lost when it is made anew.',
    cause: null,
    sure: 'measured',
    since: null,
    signs: ['disk-full'],
    next: `See what it wrote: docker diff ${typed(view.object.name)}`,
    mayFollow: false,
    quotesLog: false,
  })
  return { ...draft, evidence: [...draft.evidence, engineItems.disk] }
}
