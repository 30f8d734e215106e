import type Electron from 'electron'

/**
 * What Muster uses of Electron, and nothing else, cut out of Electron's own types: the compiler holds the real module
 * against this in `main/electron.ts`, and the tests' stand-in too. The shell gets it passed in, so that it runs on
 * machines without the binary.
 */
export interface ElectronParts {
  readonly app: AppPart
  readonly protocol: Pick<Electron.Protocol, 'registerSchemesAsPrivileged'>
  readonly session: { readonly defaultSession: SessionPart; fromPartition(partition: string): SessionPart }
  readonly ipcMain: IpcPart
  readonly dialog: {
    showSaveDialog(options: Electron.SaveDialogOptions): Promise<Electron.SaveDialogReturnValue>
    showOpenDialog(options: Electron.OpenDialogOptions): Promise<Electron.OpenDialogReturnValue>
    showErrorBox(title: string, content: string): void
  }
  readonly shell: Pick<Electron.Shell, 'openExternal'>
  readonly Menu: {
    buildFromTemplate(template: Electron.MenuItemConstructorOptions[]): Electron.Menu
    setApplicationMenu(menu: Electron.Menu | null): void
  }
  readonly nativeImage: {
    createFromBitmap(buffer: Buffer, options: Electron.CreateFromBitmapOptions): Electron.NativeImage
  }
  readonly BrowserWindow: new (options?: Electron.BrowserWindowConstructorOptions) => WindowPart
  readonly Tray: new (image: Electron.NativeImage) => TrayPart
  readonly Notification: {
    new (options?: Electron.NotificationConstructorOptions): NotificationPart
    isSupported(): boolean
  }
}

/** An event that can be refused. */
export interface Refusable {
  preventDefault(): void
}

export interface AppPart
  extends Pick<
    Electron.App,
    'enableSandbox' | 'requestSingleInstanceLock' | 'setPath' | 'setAppUserModelId' | 'whenReady' | 'quit' | 'exit'
  > {
  readonly commandLine: Pick<Electron.CommandLine, 'appendSwitch'>
  on(event: 'second-instance' | 'activate' | 'window-all-closed', listener: () => void): unknown
  on(event: 'before-quit', listener: (event: Refusable) => void): unknown
  on(event: 'web-contents-created', listener: (event: Refusable, contents: ContentsPart) => void): unknown
}

export interface SessionPart
  extends Pick<
    Electron.Session,
    'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
  > {
  readonly protocol: { handle(scheme: string, handler: (request: Request) => Promise<Response>): void }
  readonly webRequest: {
    onBeforeRequest(
      listener: (details: { url: string }, callback: (response: { cancel: boolean }) => void) => void,
    ): void
  }
  on(event: 'will-download', listener: (event: Refusable) => void): unknown
}

/** Who sent a message: the window's contents and the frame in them. */
export interface IpcSender {
  readonly sender: { readonly id: number }
  readonly senderFrame: FramePart | null
}

export interface FramePart {
  readonly url: string
  readonly parent: object | null
}

export interface IpcPart {
  handle(channel: string, listener: (event: IpcSender, ...args: unknown[]) => Promise<string>): void
  on(channel: string, listener: (event: IpcSender) => void): unknown
}

export interface ContentsPart {
  readonly id: number
  setWindowOpenHandler(handler: () => { action: 'deny' }): void
  send(channel: string, ...args: string[]): void
  reload(): void
  isDestroyed(): boolean
  printToPDF(options: Electron.PrintToPDFOptions): Promise<Buffer>
  on(
    event: 'will-frame-navigate' | 'will-navigate' | 'will-redirect',
    listener: (event: NavigationPart) => void,
  ): unknown
  on(event: 'will-attach-webview', listener: (event: Refusable) => void): unknown
  on(event: 'unresponsive', listener: () => void): unknown
  on(
    event: 'render-process-gone',
    listener: (event: Refusable, details: Pick<Electron.RenderProcessGoneDetails, 'reason' | 'exitCode'>) => void,
  ): unknown
}

export interface NavigationPart extends Refusable {
  readonly url: string
}

export interface WindowPart {
  readonly webContents: ContentsPart
  loadURL(url: string): Promise<void>
  show(): void
  focus(): void
  hide(): void
  restore(): void
  destroy(): void
  isMinimized(): boolean
  isDestroyed(): boolean
  on(event: 'close', listener: (event: Refusable) => void): unknown
  on(event: 'closed', listener: () => void): unknown
  once(event: 'ready-to-show', listener: () => void): unknown
}

export interface NotificationPart {
  show(): void
  on(event: 'click' | 'close' | 'failed', listener: () => void): unknown
}

export interface TrayPart {
  setToolTip(text: string): void
  setContextMenu(menu: Electron.Menu): void
  on(event: 'click', listener: () => void): unknown
  destroy(): void
}
