import { type ContainerView, engineItems } from './container-view.ts'
import { containerDraft } from './container-draft.ts'
import type { Draft } from './draft.ts'
import { tierByAge } from './draft.ts'
import { endingOf } from './ending.ts'
import { bytesInWords, typed } from './words.ts'

const quarterHour = 900_000
const longestOwnWait = 60_000

/**
 * D02, killed for lack of memory. Told by the engine's flag or by its `oom` event, never by exit code 137. The flag means
 * any process in the container since its start (Engine API, ContainerState.OOMKilled), so where the main process lived on or ended well it
 * is told as such; the flag may be missing where the event is there (rootless, host-wide lack of memory).
 */
export function memoryDraft(view: ContainerView, now: number): Draft | null {
  const oom = view.events.findLast(({ action, at }) => action === 'oom' && isOfThisTrouble(view, at, now))
  if (view.facts?.oomKilled !== true && oom === undefined) return null
  const { name } = view.object
  const isMain = endedByIt(view)
  const limit = view.facts?.memoryLimitBytes ?? 0
  const limitWords =
    limit > 0 ? `its limit of ${bytesInWords(limit)}` : 'what the engine’s machine had: it has no limit of its own'
  const since = oom?.at ?? (view.state === 'running' ? null : view.endedAt)
  return containerDraft(view, {
    code: 'D02',
    tier: isMain ? tierByAge(since, now) : 2,
    title: isMain ? `${name} was killed for lack of memory` : `a process in ${name} was killed for lack of memory`,
    why: isMain
      ? `It needed more memory than ${limitWords}, and the kernel killed it.`
      : `A process in it needed more memory than ${limitWords}. The container itself ${view.state === 'running' ? 'still runs' : 'ended in good order'}.`,
    cause: limit > 0 ? `memory limit of ${bytesInWords(limit)} reached` : 'no memory left',
    sure: isMain ? 'measured' : 'likely',
    since,
    signs: ['out-of-memory', ...(view.state === 'running' ? [] : (['service-down'] as const))],
    next: `Find what grew, or raise its limit. See its use: docker stats --no-stream ${typed(name)}`,
    mayFollow: false,
    quotesLog: false,
    ...(oom !== undefined && { alsoFrom: [engineItems.events] }),
  })
}

/** An event of an earlier run counts only while the trouble is fresh, and nobody has mended it since. */
function isOfThisTrouble(view: ContainerView, at: string, now: number): boolean {
  const startedAt = view.facts?.startedAt ?? null
  if (startedAt !== null && Date.parse(at) >= Date.parse(startedAt)) return true
  return view.state !== 'exited' && now - Date.parse(at) < quarterHour && !isMended(view, at)
}

/**
 * Somebody started it anew after the kill, and it does well. The engine's own restart follows within its longest wait of a
 * minute (moby 20.10, restartmanager) and mends nothing: the next kill is only a matter of time.
 */
function isMended({ facts, state, health, events }: ContainerView, killedAt: string): boolean {
  if (state !== 'running' || facts === null || facts.startedAt === null) return false
  if (health !== null && health !== 'healthy') return false
  const isByCall = events.some(({ action, at }) => (action === 'restart' || action === 'stop') && at > killedAt)
  return (
    isByCall || facts.restartPolicy.name === 'no' || Date.parse(facts.startedAt) - Date.parse(killedAt) > longestOwnWait
  )
}

function endedByIt(view: ContainerView): boolean {
  if (view.state === 'restarting') return view.exitCode !== 0
  if (view.state !== 'running') {
    const { how } = endingOf(view)
    return how !== 'orderly' && how !== 'stopped'
  }
  // It runs again: the kill ended its last run if that run ended with SIGKILL.
  return view.events.some(({ action, exitCode }) => action === 'die' && exitCode === 137)
}
