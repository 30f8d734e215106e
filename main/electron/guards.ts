import { APP_ORIGIN, PRINT_ORIGIN } from './app-scheme.ts'
import type { ContentsPart, FramePart, IpcSender, NavigationPart, SessionPart } from './electron-parts.ts'

/** Refuses what a page might ask of a session: every permission, every download, every foreign request. */
export function guardSession(session: SessionPart, log: (what: string) => void): void {
  session.setPermissionRequestHandler((_contents, permission, decide) => {
    log(`Refused the permission ${permission}`)
    decide(false)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => {
    log('Refused a download')
    event.preventDefault()
  })
  session.webRequest.onBeforeRequest(({ url }, decide) => {
    const isOurs = isMusterPage(url) || url.startsWith(`${PRINT_ORIGIN}/`) || url.startsWith('data:')
    if (!isOurs) log(`Refused a request to ${url.slice(0, 200)}`)
    decide({ cancel: !isOurs })
  })
}

/** Keeps a page where it is, in every frame, without other windows. Holds for all contents, however they came to be. */
export function guardContents(contents: ContentsPart, log: (what: string) => void): void {
  const stay = (event: NavigationPart) => {
    if (isMusterPage(event.url)) return
    log(`Refused a navigation to ${event.url.slice(0, 200)}`)
    event.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-attach-webview', (event) => {
    log('Refused a webview')
    event.preventDefault()
  })
  contents.setWindowOpenHandler(() => {
    log('Refused a second window')
    return { action: 'deny' }
  })
}

/** Whether a message comes from the window's own document: these contents, the main frame, Muster's address. */
export function isOwnWindow(event: IpcSender, contents: { readonly id: number } | null): boolean {
  const frame: FramePart | null = event.senderFrame
  return (
    contents !== null &&
    event.sender.id === contents.id &&
    frame !== null &&
    frame.parent === null &&
    isMusterPage(frame.url)
  )
}

/** A `blob:` page carries Muster's origin inside its address, so the address must begin with it. */
function isMusterPage(url: string): boolean {
  return url.startsWith(`${APP_ORIGIN}/`)
}
