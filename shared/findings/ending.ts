import type { ContainerView } from './container-view.ts'

/**
 * How a container's last run ended.
 *
 * - `orderly`   with exit code 0, or by the signal that a stop sends
 * - `stopped`   the engine was told to stop it
 * - `killed`    by SIGKILL: `by` the engine's own record of a kill call, or unknown
 * - `signalled` by a stop's signal that did not come through the engine
 * - `failed`    with an exit code of its own
 */
export type Ending =
  | { readonly how: 'orderly' | 'stopped' | 'failed' | 'signalled' }
  | { readonly how: 'killed'; readonly by: 'call' | 'unknown' }

/** SIGHUP, SIGINT, SIGTERM: what people and programs send to end something in good order. */
const orderlySignals = [129, 130, 143]
const sigkill = 137

/**
 * Tells a container that somebody stopped from one that failed. 137 says only that SIGKILL ended it: `docker stop` after
 * its grace, `docker kill`, the kernel, anybody with the right. The engine's events decide where it still has them
 * (256 in memory); without them, a container under `always` or `unless-stopped` that stays down was stopped by a call, as
 * the engine would have started it again otherwise (moby, restartmanager, 20.10 to 28).
 */
export function endingOf(view: ContainerView): Ending {
  const { exitCode } = view
  if (exitCode === 0 || exitCode === null) return { how: 'orderly' }
  const life = lastLife(view)
  if (life.some(({ action }) => action === 'stop')) return { how: 'stopped' }
  const kill = life.find(({ action, signal }) => action === 'kill' && signal !== 1)
  if (exitCode === sigkill && kill !== undefined) return { how: 'killed', by: 'call' }
  if (staysDownOnPurpose(view)) return { how: 'stopped' }
  if (exitCode === sigkill) return { how: 'killed', by: 'unknown' }
  if (orderlySignals.includes(exitCode)) {
    const isRecorded = life.some(({ action }) => action === 'die')
    return { how: isRecorded && kill === undefined ? 'signalled' : 'orderly' }
  }
  return { how: 'failed' }
}

/** Events since its last start, as far as the engine still has them. */
function lastLife({ events }: ContainerView) {
  return events.slice(events.findLastIndex(({ action }) => action === 'start') + 1)
}

function staysDownOnPurpose({ facts, state }: ContainerView): boolean {
  if (facts === null || state !== 'exited' || facts.error !== '') return false
  return facts.restartPolicy.name === 'always' || facts.restartPolicy.name === 'unless-stopped'
}
