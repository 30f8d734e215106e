import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { RefusalError } from '../../shared/refusal.ts'
import { defaultDataFolder } from '../desk/data-folder.ts'
import { openLogFile } from '../log-file.ts'
import type { ProjectFolders } from '../project-folders.ts'
import type { StartApp } from '../start-app.ts'
import { registerAppScheme } from './app-scheme.ts'
import type { ElectronParts } from './electron-parts.ts'
import { createElectronShell } from './electron-shell.ts'
import { guardContents } from './guards.ts'

export interface RunElectronOptions {
  readonly argv: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly platform: NodeJS.Platform
  readonly folders: ProjectFolders
  readonly loadApp: () => Promise<StartApp>
  /** A plain line for the person at the terminal. */
  readonly tell: (line: string) => void
}

const FLUSH_MS = 100

/**
 * Runs the app in Electron. All that must come before the app is ready happens before this returns its promise: do not
 * await it at an entry's top level, since Electron is ready only when the entry has run to its end.
 */
export function runElectron(electron: ElectronParts, options: RunElectronOptions): Promise<void> {
  const { app } = electron
  app.enableSandbox()
  registerAppScheme(electron)
  for (const [name, value] of quietSwitches) app.commandLine.appendSwitch(name, value)
  if (options.platform === 'win32') app.setAppUserModelId('muster')
  const dataFolder = readDataFolder(options)
  // One Muster per data folder: the lock is one of the user-data folder.
  app.setPath('userData', join(dataFolder, 'electron'))
  if (!app.requestSingleInstanceLock()) {
    options.tell('Muster runs already: its window comes to the front.')
    app.quit()
    return Promise.resolve()
  }
  const log = openLogFile(join(dataFolder, 'muster.log'), options.tell)
  const shell = createElectronShell(electron, {
    rendererFolder: options.folders.renderer,
    preload: options.folders.preload,
    platform: options.platform,
    log,
  })
  const show = () => {
    shell.show().catch((error: unknown) => log(`The window could not be shown: ${String(error)}`))
  }
  app.on('second-instance', show)
  app.on('activate', show)
  app.on('window-all-closed', () => {}) // whether the app ends is decided when its window is closed
  app.on('before-quit', (event) => shell.onBeforeQuit(event))
  app.on('web-contents-created', (_event, contents) => guardContents(contents, log))
  return startOrEnd()

  async function startOrEnd(): Promise<void> {
    try {
      const startApp = await options.loadApp()
      await startApp({ shell, dataFolder, assetsFolder: options.folders.assets, log })
    } catch (error) {
      log(`Muster did not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
      options.tell(said(error))
      await wait(FLUSH_MS) // the log is written in the background, and the exit waits for nothing
      // Who started Muster by a double click has no terminal: without the box a window would only vanish.
      electron.dialog.showErrorBox('Muster did not start', said(error))
      app.exit(1)
    }
  }
}

/** Even a request that slipped past the guards finds no server. Muster's own connections are Node's, not Chromium's. */
const quietSwitches: readonly (readonly [string, string?])[] = [
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  ['no-proxy-server'],
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-quic'],
  ['disable-features', 'AnchorElementInteraction,NavigationPredictor'],
]

/** Electron and the system add arguments of their own, so only Muster's own is looked for. */
function readDataFolder({ argv, env, platform }: RunElectronOptions): string {
  const at = argv.indexOf('--data')
  const named = at === -1 ? argv.find((each) => each.startsWith('--data='))?.slice('--data='.length) : argv[at + 1]
  return resolve(named ?? defaultDataFolder(env, platform, homedir()))
}

function said(error: unknown): string {
  if (!(error instanceof RefusalError)) return `Muster did not start: ${String(error)}. The log has the cause.`
  const { tried, happened, next } = error.refusal
  return `Tried: ${tried}.\nWhat happened: ${happened}\nNext: ${next}`
}
