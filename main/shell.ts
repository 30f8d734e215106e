import type { Refusal } from '../shared/refusal.ts'

/** Answers one call of the window. Never rejects: whatever goes wrong comes back as a refusal in the answer's JSON. */
export type AnswerCall = (name: string, argument: string) => Promise<string>

/** What the app gives the shell when it starts. */
export interface ShellHooks {
  /** The names of all calls of the contract: the bridge has exactly these. */
  readonly callNames: readonly string[]
  readonly answer: AnswerCall
  /** A new window (the first, or one reopened after a crash) has loaded and listens. */
  onWindowReady(): void
  /**
   * The user closes the window. `stay` keeps the process (in the tray where there is one, and the shell says where),
   * `quit` ends it. The text is what the person is told.
   */
  onCloseAsked(): Promise<{ decision: 'quit' } | { decision: 'stay'; because: string }>
  /** The process is about to end: finish and close everything. The shell waits for it, five seconds at most. */
  onQuit(): Promise<void>
  /** Something the log should hold: a crashed window, a refused navigation, a call from a foreign frame. */
  log(what: string): void
}

/**
 * The port between the app and whatever shows the window. The app's services know only this; Electron and
 * Chromium each implement it (`main/electron/`, `main/chromium/`).
 */
export interface Shell {
  readonly kind: 'electron' | 'chromium'
  /** Opens the window and starts passing calls. Resolves when the window's first document is loading. */
  start(hooks: ShellHooks): Promise<void>
  /** Sends one feed message to the window, if there is one. Never throws. */
  publish(feed: string, message: string): void
  /** Brings the window to the front, opening one if there is none (a second start does this). */
  show(): Promise<void>
  /** Where to save. The shell shows a dialog where it has one; null when the person cancels. */
  chooseSaveFile(suggestedName: string): Promise<string | null>
  /**
   * Which folder. The shell shows a dialog; null when the person cancels. Rejects with a refusal (`unsupported`) where
   * there is no dialog: the person types it then.
   */
  chooseFolder(title: string): Promise<string | null>
  /** Which file to read; otherwise as `chooseFolder`. */
  chooseOpenFile(title: string): Promise<string | null>
  /** Opens https, mailto, tel and sms links with the system; anything else is a refusal. */
  openExternal(url: string): Promise<Refusal | null>
  /** A desktop notification; a shell without one does nothing. `onClick`: a person clicked it, where the desktop tells. */
  notify(title: string, body: string, onClick?: () => void): void
  /** Prints a self-contained HTML document (no scripts run, nothing is fetched) to PDF: A4, with backgrounds. */
  printToPdf(html: string): Promise<Uint8Array>
  /** Ends the process's windows. `onQuit` is called once. */
  quit(): Promise<void>
}
