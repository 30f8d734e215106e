import { EventEmitter } from 'node:events'
import { isAbsolute } from 'node:path'
import type Electron from 'electron'
import type {
  AppPart,
  ContentsPart,
  ElectronParts,
  FramePart,
  IpcPart,
  IpcSender,
  SessionPart,
  TrayPart,
  WindowPart,
} from '../../../main/electron/electron-parts.ts'
import { refuseUnknown } from './electron-names.ts'

/**
 * A strict stand-in of the `electron` module: what must come before or after `ready` throws at the wrong time, as do
 * unknown options, schemes that were not registered and channels handled twice. It holds no rule of Muster's: it records
 * what it was told, so that a test can look.
 */
export class StandIn implements ElectronParts {
  readonly done: string[] = []
  readonly windows: StandInWindow[] = []
  readonly trays: StandInTray[] = []
  readonly notified: string[] = []
  /** Clicks the newest notification that hears of it. */
  click: () => void = () => undefined
  readonly opened: string[] = []
  /** What the system says when it opens nothing; null: it opens. */
  failingOpen: string | null = null
  readonly sessions = new Map<string, StandInSession>()
  readonly schemes = new Map<string, Electron.Privileges>()
  readonly paths = new Map<string, string>()
  readonly switches = new Map<string, string>()
  readonly applicationMenus: (Electron.Menu | null)[] = []
  readonly app = new StandInApp(this)
  readonly ipcMain = new StandInIpc()
  readonly protocol: ElectronParts['protocol']
  readonly session: ElectronParts['session']
  readonly dialog: ElectronParts['dialog']
  readonly shell: ElectronParts['shell']
  readonly Menu: ElectronParts['Menu']
  readonly nativeImage: ElectronParts['nativeImage']
  readonly BrowserWindow: ElectronParts['BrowserWindow']
  readonly Tray: ElectronParts['Tray']
  readonly Notification: ElectronParts['Notification']
  /** Title and text of each box that said what went wrong. */
  readonly errorBoxes: [string, string][] = []
  /** What the save dialog gives next. */
  nextSave: Electron.SaveDialogReturnValue = { canceled: true, filePath: '' }
  /** What the dialog for folders gives next. */
  nextOpen: Electron.OpenDialogReturnValue = { canceled: true, filePaths: [] }
  readonly isFirstInstance: boolean

  constructor(options: { isFirstInstance: boolean } = { isFirstInstance: true }) {
    this.isFirstInstance = options.isFirstInstance
    this.protocol = protocolOf(this)
    this.session = sessionOf(this)
    this.dialog = dialogOf(this)
    this.shell = shellOf(this)
    this.Menu = menuOf(this)
    this.nativeImage = nativeImageOf()
    this.BrowserWindow = browserWindowOf(this)
    this.Tray = trayOf(this)
    this.Notification = notificationOf(this)
  }

  before(what: string): void {
    if (this.app.isReady) throw new Error(`${what} must be called before the app is ready`)
    this.done.push(what)
  }

  after(what: string): void {
    if (!this.app.isReady) throw new Error(`${what} cannot be used before the app is ready`)
  }

  sessionOf(partition: string): StandInSession {
    this.after('session')
    const found = this.sessions.get(partition) ?? new StandInSession(this)
    this.sessions.set(partition, found)
    return found
  }
}

function protocolOf(parts: StandIn): ElectronParts['protocol'] {
  return {
    registerSchemesAsPrivileged(schemes) {
      parts.before('protocol.registerSchemesAsPrivileged')
      if (parts.schemes.size > 0) throw new Error('registerSchemesAsPrivileged can be called once')
      for (const each of schemes) {
        refuseUnknown(each, 'CustomScheme')
        refuseUnknown(each.privileges ?? {}, 'Privileges')
        parts.schemes.set(each.scheme, each.privileges ?? {})
      }
    },
  }
}

function sessionOf(parts: StandIn): ElectronParts['session'] {
  return {
    get defaultSession() {
      return parts.sessionOf('')
    },
    fromPartition: (partition) => parts.sessionOf(partition),
  }
}

function dialogOf(parts: StandIn): ElectronParts['dialog'] {
  return {
    async showSaveDialog(given) {
      parts.after('dialog.showSaveDialog')
      refuseUnknown(given, 'SaveDialogOptions')
      return parts.nextSave
    },
    async showOpenDialog(given) {
      parts.after('dialog.showOpenDialog')
      refuseUnknown(given, 'OpenDialogOptions')
      return parts.nextOpen
    },
    showErrorBox: (title, content) => void parts.errorBoxes.push([title, content]),
  }
}

function shellOf(parts: StandIn): ElectronParts['shell'] {
  return {
    async openExternal(url) {
      if (parts.failingOpen !== null) throw new Error(parts.failingOpen)
      parts.opened.push(url)
    },
  }
}

function menuOf(parts: StandIn): ElectronParts['Menu'] {
  return {
    buildFromTemplate(template) {
      for (const item of template) refuseUnknown(item, 'MenuItemConstructorOptions')
      return { items: template } as unknown as Electron.Menu
    },
    setApplicationMenu: (menu) => void parts.applicationMenus.push(menu),
  }
}

function nativeImageOf(): ElectronParts['nativeImage'] {
  return {
    createFromBitmap(buffer, given) {
      refuseUnknown(given, 'CreateFromBitmapOptions')
      if (buffer.length !== given.width * given.height * 4) throw new Error('The bitmap has not the size it says')
      return { isEmpty: () => false } as unknown as Electron.NativeImage
    },
  }
}

function browserWindowOf(parts: StandIn): ElectronParts['BrowserWindow'] {
  return class extends StandInWindow {
    constructor(given: Electron.BrowserWindowConstructorOptions = {}) {
      parts.after('new BrowserWindow')
      refuseUnknown(given, 'BrowserWindowConstructorOptions')
      refuseUnknown(given.webPreferences ?? {}, 'WebPreferences')
      super(parts, given)
      parts.windows.push(this)
      parts.app.events.emit('web-contents-created', refusable(), this.webContents)
    }
  }
}

function trayOf(parts: StandIn): ElectronParts['Tray'] {
  return class extends StandInTray {
    constructor(image: Electron.NativeImage) {
      parts.after('new Tray')
      super()
      if (image.isEmpty()) throw new Error('A tray needs an image')
      parts.trays.push(this)
    }
  }
}

function notificationOf(parts: StandIn): ElectronParts['Notification'] {
  return class {
    readonly #given: Electron.NotificationConstructorOptions

    constructor(given: Electron.NotificationConstructorOptions = {}) {
      parts.after('new Notification')
      refuseUnknown(given, 'NotificationConstructorOptions')
      this.#given = given
    }

    static isSupported(): boolean {
      return true
    }

    show(): void {
      parts.notified.push(`${this.#given.title}: ${this.#given.body}`)
    }

    on(event: 'click' | 'close' | 'failed', listener: () => void): void {
      if (event === 'click') parts.click = listener
    }
  }
}

/** An event that records whether it was refused. */
export function refusable(url = ''): { preventDefault(): void; isRefused: boolean; url: string } {
  return {
    url,
    isRefused: false,
    preventDefault() {
      this.isRefused = true
    },
  }
}

class StandInApp implements AppPart {
  readonly events = new EventEmitter()
  readonly commandLine: AppPart['commandLine']
  readonly #parts: StandIn
  readonly #ready = Promise.withResolvers<void>()
  isReady = false
  hasQuit = false
  exitCode: number | null = null

  constructor(parts: StandIn) {
    this.#parts = parts
    this.commandLine = {
      appendSwitch(name, value = '') {
        parts.before('commandLine.appendSwitch')
        if (name !== name.toLowerCase()) throw new Error('Switches are written in lower case')
        parts.switches.set(name, value)
      },
    }
  }

  /** What Electron does once the entry has run. */
  becomeReady(): void {
    this.isReady = true
    this.#ready.resolve()
  }

  whenReady(): Promise<void> {
    return this.#ready.promise
  }

  enableSandbox(): void {
    this.#parts.before('app.enableSandbox')
  }

  requestSingleInstanceLock(): boolean {
    if (!this.#parts.paths.has('userData')) throw new Error('The lock is one of the user-data folder: set that first')
    this.#parts.before('app.requestSingleInstanceLock')
    return this.#parts.isFirstInstance
  }

  setPath(name: string, path: string): void {
    if (!isAbsolute(path)) throw new Error('Path must be absolute')
    this.#parts.before(`app.setPath ${name}`)
    this.#parts.paths.set(name, path)
  }

  setAppUserModelId(): void {
    this.#parts.before('app.setAppUserModelId')
  }

  quit(): void {
    const event = refusable()
    this.events.emit('before-quit', event)
    if (event.isRefused) return
    for (const window of this.#parts.windows) if (!window.isDestroyed()) window.close()
    if (this.#parts.windows.every((window) => window.isDestroyed())) this.hasQuit = true
  }

  exit(code = 0): void {
    this.exitCode = code
    this.hasQuit = true
  }

  on(event: string, listener: (...args: never[]) => void): this {
    this.events.on(event, listener as (...args: unknown[]) => void)
    return this
  }
}

export class StandInSession implements SessionPart {
  readonly events = new EventEmitter()
  readonly handlers = new Map<string, (request: Request) => Promise<Response>>()
  readonly protocol: SessionPart['protocol']
  readonly webRequest: SessionPart['webRequest']
  decidePermission: Parameters<SessionPart['setPermissionRequestHandler']>[0] = null
  checkPermission: Parameters<SessionPart['setPermissionCheckHandler']>[0] = null
  checkDevice: Parameters<SessionPart['setDevicePermissionHandler']>[0] = null
  #onRequest: Parameters<SessionPart['webRequest']['onBeforeRequest']>[0] | null = null

  constructor(parts: StandIn) {
    this.protocol = {
      handle: (scheme, handler) => {
        if (!parts.schemes.has(scheme)) throw new Error(`The scheme ${scheme} was not registered before ready`)
        if (this.handlers.has(scheme)) throw new Error(`The scheme ${scheme} is handled already`)
        this.handlers.set(scheme, handler)
      },
    }
    this.webRequest = {
      onBeforeRequest: (listener) => {
        this.#onRequest = listener
      },
    }
  }

  /** What a page of this session gets for an address: null where the request is refused before it is sent. */
  async request(url: string, method = 'GET'): Promise<Response | null> {
    let isCancelled = false
    this.#onRequest?.({ url }, ({ cancel }) => {
      isCancelled = cancel
    })
    if (isCancelled) return null
    const handler = this.handlers.get(new URL(url).protocol.slice(0, -1))
    // A Request of Node's would normalise the address; Electron hands it over as the page wrote it.
    return handler === undefined ? null : handler({ url, method } as Request)
  }

  setPermissionRequestHandler(handler: Parameters<SessionPart['setPermissionRequestHandler']>[0]): void {
    this.decidePermission = handler
  }

  setPermissionCheckHandler(handler: Parameters<SessionPart['setPermissionCheckHandler']>[0]): void {
    this.checkPermission = handler
  }

  setDevicePermissionHandler(handler: Parameters<SessionPart['setDevicePermissionHandler']>[0]): void {
    this.checkDevice = handler
  }

  on(event: string, listener: (...args: never[]) => void): this {
    this.events.on(event, listener as (...args: unknown[]) => void)
    return this
  }
}

let lastId = 0

export class StandInContents implements ContentsPart {
  readonly id = ++lastId
  readonly events = new EventEmitter()
  readonly sent: string[][] = []
  readonly printed: Electron.PrintToPDFOptions[] = []
  reloads = 0
  #opens: (() => { action: 'deny' }) | null = null
  readonly #window: StandInWindow

  constructor(window: StandInWindow) {
    this.#window = window
  }

  /** What `window.open` gets. */
  open(): string {
    return this.#opens?.().action ?? 'allow'
  }

  setWindowOpenHandler(handler: () => { action: 'deny' }): void {
    this.#opens = handler
  }

  send(...parts: string[]): void {
    if (this.isDestroyed()) throw new TypeError('Object has been destroyed')
    this.sent.push(parts)
  }

  reload(): void {
    this.reloads += 1
  }

  isDestroyed(): boolean {
    return this.#window.isDestroyed()
  }

  async printToPDF(options: Electron.PrintToPDFOptions): Promise<Buffer> {
    refuseUnknown(options, 'PrintToPDFOptions')
    if (this.#window.loaded === null) throw new Error('There is no page to print')
    this.printed.push(options)
    return Buffer.from(`%PDF-${this.#window.loaded}`)
  }

  on(event: string, listener: (...args: never[]) => void): this {
    this.events.on(event, listener as (...args: unknown[]) => void)
    return this
  }
}

export class StandInWindow implements WindowPart {
  readonly options: Electron.BrowserWindowConstructorOptions
  readonly events = new EventEmitter()
  readonly webContents: StandInContents
  readonly #parts: StandIn
  url = ''
  /** The text of the page, once it is loaded. */
  loaded: string | null = null
  isShown: boolean
  isFocused = false
  #isMinimized = false
  #isDestroyed = false

  constructor(parts: StandIn, options: Electron.BrowserWindowConstructorOptions) {
    this.#parts = parts
    this.options = options
    this.isShown = options.show !== false
    this.webContents = new StandInContents(this)
  }

  async loadURL(url: string): Promise<void> {
    this.#refuseDestroyed()
    this.url = url
    const session = this.#parts.sessionOf(this.options.webPreferences?.partition ?? '')
    const answer = await session.request(url)
    if (answer?.status !== 200) throw new Error(`ERR_FAILED loading '${url}'`)
    this.loaded = await answer.text()
    this.events.emit('ready-to-show')
  }

  /** The user closes it. */
  close(): boolean {
    const event = refusable()
    this.events.emit('close', event)
    if (!event.isRefused) this.destroy()
    return !event.isRefused
  }

  minimize(): void {
    this.#isMinimized = true
  }

  show(): void {
    this.#refuseDestroyed()
    this.isShown = true
  }

  focus(): void {
    this.#refuseDestroyed()
    this.isFocused = true
  }

  hide(): void {
    this.#refuseDestroyed()
    this.isShown = false
  }

  restore(): void {
    this.#isMinimized = false
  }

  destroy(): void {
    this.#isDestroyed = true
    this.events.emit('closed')
  }

  isMinimized(): boolean {
    return this.#isMinimized
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  on(event: string, listener: (...args: never[]) => void): this {
    this.events.on(event, listener as (...args: unknown[]) => void)
    return this
  }

  once(event: string, listener: (...args: never[]) => void): this {
    this.events.once(event, listener as (...args: unknown[]) => void)
    return this
  }

  #refuseDestroyed(): void {
    if (this.#isDestroyed) throw new TypeError('Object has been destroyed')
  }
}

export class StandInTray implements TrayPart {
  readonly events = new EventEmitter()
  toolTip = ''
  menu: Electron.MenuItemConstructorOptions[] = []
  isDestroyed = false

  setToolTip(text: string): void {
    this.toolTip = text
  }

  setContextMenu(menu: Electron.Menu): void {
    this.menu = menu.items as unknown as Electron.MenuItemConstructorOptions[]
  }

  /** The user picks an item of its menu. */
  pick(label: string): void {
    const item = this.menu.find((each) => each.label === label)
    if (item?.click === undefined) throw new Error(`The tray has no item '${label}'`)
    Reflect.apply(item.click, null, [])
  }

  on(event: string, listener: (...args: never[]) => void): this {
    this.events.on(event, listener as (...args: unknown[]) => void)
    return this
  }

  destroy(): void {
    this.isDestroyed = true
  }
}

class StandInIpc implements IpcPart {
  readonly handlers = new Map<string, Parameters<IpcPart['handle']>[1]>()
  readonly events = new EventEmitter()

  handle(channel: string, listener: Parameters<IpcPart['handle']>[1]): void {
    if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    this.handlers.set(channel, listener)
  }

  on(channel: string, listener: (event: IpcSender) => void): this {
    this.events.on(channel, listener)
    return this
  }

  /** A page asks: `from` a window's contents, in a frame. */
  async invoke(from: IpcSender, channel: string, ...args: unknown[]): Promise<string> {
    const handler = this.handlers.get(channel)
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
    return handler(from, ...args)
  }
}

/** The sender of a message: the window's main frame at an address, or what a test makes of it. */
export function senderOf(window: StandInWindow, frame: Partial<FramePart> = {}): IpcSender {
  return { sender: window.webContents, senderFrame: { url: window.url, parent: null, ...frame } }
}
