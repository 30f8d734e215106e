import { join } from 'node:path'

/**
 * Where a desk keeps its data if nobody says otherwise: the platform's application-data folder
 * (XDG Base Directory 0.8 on Linux, Application Support on macOS, %APPDATA% on Windows).
 */
export function defaultDataFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string): string {
  if (env.MUSTER_DATA !== undefined && env.MUSTER_DATA !== '') return env.MUSTER_DATA
  if (platform === 'win32') return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Muster')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Muster')
  const configured = env.XDG_DATA_HOME
  const base = configured?.startsWith('/') === true ? configured : join(home, '.local', 'share')
  return join(base, 'muster')
}
