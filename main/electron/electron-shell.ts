import { setTimeout as wait } from 'node:timers/promises'
import { messageOf } from '../../shared/message-of.ts'
import type { Refusal } from '../../shared/refusal.ts'
import { refuse } from '../../shared/refusal.ts'
import { CALL_CHANNEL, FEED_CHANNEL, LISTENS_CHANNEL } from '../../shared/bridge-channels.ts'
import { namedLink, openByHand, readExternalLink } from '../external-links.ts'
import { RendererFiles } from '../renderer-files.ts'
import type { Shell, ShellHooks } from '../shell.ts'
import { APP_ORIGIN, serveWindow } from './app-scheme.ts'
import type { ElectronParts, NotificationPart, Refusable, TrayPart, WindowPart } from './electron-parts.ts'
import { guardSession, isOwnWindow } from './guards.ts'
import { Printer } from './printer.ts'
import { trayIcon } from './tray-icon.ts'
import { appWindowOptions } from './window-options.ts'

const QUIT_WITHIN_MS = 5_000
const MAX_CRASHES = 3
const CRASHES_WITHIN_MS = 60_000
/** Older notifications are no longer clicked on. */
const MOST_NOTIFICATIONS = 50

export interface ElectronShellOptions {
  readonly rendererFolder: string
  /** The built preload script: one CommonJS file. */
  readonly preload: string
  readonly platform: NodeJS.Platform
  readonly log: (what: string) => void
}

/** The shell in Electron, with what its entry needs besides the port. */
export interface ElectronShell extends Shell {
  readonly kind: 'electron'
  /** The app is asked to quit (by the menu, the system): finishes in order first, then lets it. */
  onBeforeQuit(event: Refusable): void
}

/** Must be made before the app is ready; `start` waits for it. */
export function createElectronShell(electron: ElectronParts, options: ElectronShellOptions): ElectronShell {
  return new ShellInElectron(electron, options)
}

class ShellInElectron implements ElectronShell {
  readonly kind = 'electron'
  readonly #electron: ElectronParts
  readonly #options: ElectronShellOptions
  readonly #printer: Printer
  #hooks: ShellHooks | null = null
  #window: WindowPart | null = null
  #tray: TrayPart | null = null
  #quitting: Promise<void> | null = null
  #isFinished = false
  #isAsking = false
  #crashes: number[] = []
  /** Held as long as they are shown: one that is collected as garbage hears no click. */
  #notifications: NotificationPart[] = []

  constructor(electron: ElectronParts, options: ElectronShellOptions) {
    this.#electron = electron
    this.#options = options
    this.#printer = new Printer(electron, options.log)
  }

  async start(hooks: ShellHooks): Promise<void> {
    const { app, session, Menu } = this.#electron
    await app.whenReady()
    this.#hooks = hooks
    if (this.#options.platform !== 'darwin') Menu.setApplicationMenu(null)
    guardSession(session.defaultSession, this.#options.log)
    serveWindow(session.defaultSession, new RendererFiles({ folder: this.#options.rendererFolder, origin: APP_ORIGIN }))
    this.#answerCalls(hooks)
    this.#openWindow(hooks)
  }

  publish(feed: string, message: string): void {
    const contents = this.#window?.webContents
    if (contents !== undefined && !contents.isDestroyed()) contents.send(FEED_CHANNEL, feed, message)
  }

  async show(): Promise<void> {
    await this.#electron.app.whenReady()
    if (this.#hooks === null || this.#quitting !== null) return
    const window = this.#window ?? this.#openWindow(this.#hooks)
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  async chooseSaveFile(suggestedName: string): Promise<string | null> {
    const { canceled, filePath } = await this.#electron.dialog.showSaveDialog({
      title: 'Save',
      defaultPath: suggestedName,
      properties: ['showOverwriteConfirmation', 'createDirectory'],
    })
    return canceled || filePath === '' ? null : filePath
  }

  async chooseOpenFile(title: string): Promise<string | null> {
    const { canceled, filePaths } = await this.#electron.dialog.showOpenDialog({
      title,
      properties: ['openFile', 'dontAddToRecent'],
    })
    return canceled ? null : (filePaths[0] ?? null)
  }

  async chooseFolder(title: string): Promise<string | null> {
    const { canceled, filePaths } = await this.#electron.dialog.showOpenDialog({
      title,
      properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'],
    })
    return canceled ? null : (filePaths[0] ?? null)
  }

  async openExternal(url: string): Promise<Refusal | null> {
    const link = readExternalLink(url)
    if ('refusal' in link) return link.refusal
    try {
      await this.#electron.shell.openExternal(link.url)
      return null
    } catch (error) {
      const message = messageOf(error)
      const tried = `Open ${namedLink(link.url)}`
      const happened = message.replaceAll(link.url, namedLink(link.url))
      return refuse('unsupported', { tried, happened, next: openByHand(link.url) }).refusal
    }
  }

  notify(title: string, body: string, onClick?: () => void): void {
    const { Notification } = this.#electron
    if (!Notification.isSupported()) return
    const shown = new Notification({ title, body })
    const drop = () => {
      this.#notifications = this.#notifications.filter((one) => one !== shown)
    }
    if (onClick !== undefined) {
      this.#notifications = [...this.#notifications.slice(1 - MOST_NOTIFICATIONS), shown]
      shown.on('click', () => {
        drop()
        onClick()
      })
      shown.on('close', drop)
      shown.on('failed', drop)
    }
    shown.show()
  }

  printToPdf(html: string): Promise<Uint8Array> {
    return this.#printer.print(html)
  }

  quit(): Promise<void> {
    this.#quitting ??= this.#quit()
    return this.#quitting
  }

  onBeforeQuit(event: Refusable): void {
    if (this.#isFinished) return
    event.preventDefault()
    void this.quit()
  }

  async #quit(): Promise<void> {
    const finished = this.#hooks?.onQuit() ?? Promise.resolve()
    try {
      await Promise.race([finished, wait(QUIT_WITHIN_MS, undefined, { ref: false })])
    } catch (error) {
      this.#options.log(`Muster did not close in order: ${String(error)}`)
    }
    this.#isFinished = true
    this.#tray?.destroy()
    if (this.#window?.isDestroyed() === false) this.#window.destroy()
    this.#electron.app.quit()
  }

  /** The one registrar of messages from the window; each is checked for who sent it. */
  #answerCalls(hooks: ShellHooks): void {
    const { ipcMain } = this.#electron
    ipcMain.handle(CALL_CHANNEL, async (event, name, argument) => {
      if (!isOwnWindow(event, this.#window?.webContents ?? null)) {
        hooks.log(`Refused a call from ${event.senderFrame?.url.slice(0, 200) ?? 'a page that is gone'}`)
        throw new Error('Muster answers its own window alone')
      }
      if (typeof name !== 'string' || typeof argument !== 'string') throw new TypeError('A call is made of two texts')
      return hooks.answer(name, argument)
    })
    ipcMain.on(LISTENS_CHANNEL, (event) => {
      if (isOwnWindow(event, this.#window?.webContents ?? null)) hooks.onWindowReady()
    })
  }

  #openWindow(hooks: ShellHooks): WindowPart {
    const window = new this.#electron.BrowserWindow(appWindowOptions(this.#options.preload, hooks.callNames))
    this.#window = window
    window.once('ready-to-show', () => window.show())
    window.on('close', (event) => {
      if (this.#isFinished) return
      event.preventDefault()
      void this.#askToClose(hooks)
    })
    window.on('closed', () => {
      if (this.#window === window) this.#window = null
    })
    window.webContents.on('render-process-gone', (_event, details) => {
      if (details.reason !== 'clean-exit') this.#reopen(`${details.reason}, ${details.exitCode}`)
    })
    window.webContents.on('unresponsive', () => hooks.log('The window does not respond'))
    // The page's first picture must not wait for what the app does meanwhile; a failed load shows in the log.
    window.loadURL(`${APP_ORIGIN}/index.html`).catch((error: unknown) => {
      hooks.log(`The window could not be loaded: ${String(error)}`)
    })
    return window
  }

  /** The same window with a new process for its page: it asks for the state again. */
  #reopen(why: string): void {
    const now = performance.now()
    this.#crashes = [...this.#crashes.filter((at) => now - at < CRASHES_WITHIN_MS), now]
    this.#options.log(`The window crashed (${why})`)
    if (this.#quitting !== null || this.#window === null) return
    if (this.#crashes.length <= MAX_CRASHES) return this.#window.webContents.reload()
    this.notify('Muster', 'The window crashes again and again. What was acknowledged is in the journal.')
    if (this.#hooks !== null) void this.#giveUp(this.#window, this.#hooks)
  }

  /** An open incident keeps the process, whatever became of its window; the tray opens a new one. */
  async #giveUp(window: WindowPart, hooks: ShellHooks): Promise<void> {
    await this.#askToClose(hooks)
    if (!window.isDestroyed()) window.destroy()
  }

  async #askToClose(hooks: ShellHooks): Promise<void> {
    if (this.#isAsking || this.#quitting !== null) return
    this.#isAsking = true
    try {
      const decided = await hooks.onCloseAsked()
      if (decided.decision === 'quit') await this.quit()
      else this.#stayInTray(decided.because)
    } catch (error) {
      hooks.log(`It could not be decided whether Muster may close: ${String(error)}`)
    } finally {
      this.#isAsking = false
    }
  }

  #stayInTray(because: string): void {
    const { Tray, Menu, nativeImage } = this.#electron
    if (this.#tray === null) {
      const { bitmap, size } = trayIcon()
      this.#tray = new Tray(nativeImage.createFromBitmap(bitmap, size))
      this.#tray.setContextMenu(
        Menu.buildFromTemplate([
          { label: 'Show Muster', click: () => void this.show() },
          { label: 'Quit and stop the clocks', click: () => void this.quit() },
        ]),
      )
      this.#tray.on('click', () => void this.show())
    }
    this.#tray.setToolTip(`Muster: ${because}`)
    this.#window?.hide()
    this.notify('Muster stays', because)
  }
}
