import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { RefusalError } from '../../shared/refusal.ts'
import { run } from '../run.ts'
import type { Access, SshPlace } from './address.ts'
import { sshTo } from './ssh-arguments.ts'
import { clearLeftovers, folderOfOurs, loginSocket } from './ssh-leftovers.ts'
import { triedAt } from './ssh-refusals.ts'

/** Where several ssh share one login: a folder that nobody else may enter. */
export interface SshShare {
  readonly folder: string
  /** Options of the one that logs in. */
  readonly host: readonly string[]
  /** Options of the others. */
  readonly guest: readonly string[]
  remove(): Promise<void>
}

/** To read a configuration takes a moment; a `Match exec` in it may take longer, and is not waited for. */
const configurationMs = 2_000
/** A socket's path may have 104 bytes on macOS; to this folder's come 28 here, and 17 that ssh puts behind for a moment. */
const longestFolder = 58
/** A network that has gone away is noticed within so many seconds three times over. */
const aliveSeconds = 5
/** What an interval is that nobody has set: none, or Debian's own for those that ask for nothing (ssh_config(5) there). */
const unset: readonly (string | undefined)[] = ['0', '300']

/**
 * Prepares a login that others can share; null where the user's own configuration does so already (ControlPath), ssh cannot
 * (OpenSSH on Windows has no sharing), or no folder can be made for it.
 */
export async function shareFor(
  place: SshPlace,
  environment: Access['environment'],
  signal: AbortSignal,
): Promise<SshShare | null> {
  const configuration = process.platform === 'win32' ? null : await configurationOf(place, environment, signal)
  if (configuration === null || (configuration.get('controlpath') ?? 'none') !== 'none') return null
  const folder = await folderIn(placesFor(environment))
  if (folder === null) return null
  const at = ['-S', join(folder, loginSocket)]
  const notices = unset.includes(configuration.get('serveraliveinterval'))
    ? ['-o', `ServerAliveInterval=${aliveSeconds}`]
    : []
  return {
    folder,
    host: ['-o', 'ControlMaster=yes', '-o', 'ControlPersist=no', ...at, ...notices],
    guest: ['-o', 'ControlMaster=no', ...at],
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** What ssh would do for this host, by its own words ('controlpath'); null where it does not tell. */
async function configurationOf(
  place: SshPlace,
  environment: Access['environment'],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string> | null> {
  const order = { tried: triedAt(place), program: 'ssh', argv: sshTo(place, ['-G']), environment, signal }
  const outcome = await run({ ...order, limitMs: configurationMs, capBytes: 1_048_576 }).catch(untold)
  if (outcome === null) return null
  const lines = Buffer.from(outcome.stdout).toString('utf8').split('\n')
  return new Map(lines.map((line) => [line.split(' ', 1)[0] ?? '', line.slice(line.indexOf(' ') + 1)]))
}

/** The same ssh is about to be started in earnest, and says then what is wrong. */
function untold(error: unknown): null {
  if (!(error instanceof RefusalError)) throw error
  return null
}

function placesFor(environment: Access['environment']): string[] {
  const given = [environment['XDG_RUNTIME_DIR'], environment['TMPDIR'], '/tmp'].filter((path) => path !== undefined)
  return given.filter((path) => path.length <= longestFolder && plainPath.test(path))
}

/** In the first place that lets one be made: what the environment names may be gone, full, or another user's. */
async function folderIn(places: readonly string[]): Promise<string | null> {
  for (const place of places) {
    const folder = await folderOfOurs(place).catch(() => null)
    if (folder === null) continue
    await clearLeftovers(place)
    return folder
  }
  return null
}

/** ssh reads '%' and '~' in a control path as words of its own. */
const plainPath = /^\/[\w./-]+$/
