import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Runs a script in a session with a message bus of its own, and answers what it printed. `store`: whether a
 * real, unlocked secret store (GNOME Keyring) serves that bus.
 */
export async function inSession(script: URL, store: boolean): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), 'muster-secrets-'))
  const file = fileURLToPath(script)
  const unlock = `printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; `
  // A bus that nobody may start a service on stands for a machine without a store.
  const command = `${store ? unlock : ''}exec "$0" "$1" "$2"`
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    XDG_DATA_HOME: join(home, 'data'),
    XDG_RUNTIME_DIR: home,
    ...(store ? {} : { DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(home, 'nobody')}` }),
  }
  try {
    const shell = ['bash', '-c', command, process.execPath, file, join(home, 'desk')]
    const [program, ...args] = store ? ['dbus-run-session', '--', ...shell] : shell
    const { stdout } = await run(String(program), args, { env, timeout: 60_000, killSignal: 'SIGKILL' })
    return stdout
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}
