import { execFile, execFileSync } from 'node:child_process'
import { chown } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { postgresPrograms } from '../../main/setup/test-parts.js'
import { serverFolder, type StartedServer, startServer } from './started.ts'

const run = promisify(execFile)

/** A real PostgreSQL server with an empty cluster. It refuses to run as root, so root starts it as the package's own user. */
export async function startPostgres(): Promise<StartedServer> {
  const programs = postgresPrograms()
  if (programs === null) throw new Error('PostgreSQL is not installed')
  const as = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {}
  // Root's own temporary folder may be closed to the package's user.
  const folder = await serverFolder('postgres', as.uid === undefined ? undefined : '/tmp')
  if (as.uid !== undefined) await chown(folder, as.uid, as.gid)
  const data = join(folder, 'data')
  await run(join(programs, 'initdb'), ['-D', data, '-A', 'trust', '-U', 'muster', '--no-sync'], { ...as, cwd: folder })
  const argv = ['-D', data, '-c', 'listen_addresses=127.0.0.1', '-k', folder, '-c', 'fsync=off']
  return startServer(join(programs, 'postgres'), (port) => [...argv, '-p', String(port)], { ...as, folder })
}

function idOf(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
}
