import type Electron from 'electron'
import { CALLS_ARGUMENT } from '../../shared/bridge-channels.ts'

/** What every page of Muster is: in the sandbox, apart from the preload's world, without Node, without a way out. */
const lockedDown = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  // The spelling dictionaries would be fetched from a server.
  spellcheck: false,
} as const satisfies Electron.WebPreferences

/** The app's window; it shows itself with its first picture. */
export function appWindowOptions(
  preload: string,
  callNames: readonly string[],
): Electron.BrowserWindowConstructorOptions {
  return {
    title: 'Muster',
    width: 1280,
    height: 800,
    minWidth: 720,
    minHeight: 480,
    show: false,
    autoHideMenuBar: true,
    webPreferences: { ...lockedDown, preload, additionalArguments: [`${CALLS_ARGUMENT}${callNames.join(',')}`] },
  }
}

/** A window that nobody sees, without scripts, in a session of its own that is never written to disk. */
export function printWindowOptions(partition: string): Electron.BrowserWindowConstructorOptions {
  return { show: false, webPreferences: { ...lockedDown, javascript: false, partition } }
}
