import { PRINT_POLICY } from '../content-policy.ts'
import type { RendererFiles } from '../renderer-files.ts'
import type { ElectronParts, SessionPart } from './electron-parts.ts'

export const APP_SCHEME = 'app'
/** Where the window's files are. A scheme of Muster's own: no `file://`, whose pages could read other files. */
export const APP_ORIGIN = `${APP_SCHEME}://muster`
/** Where a document to be printed is, in a session of its own. */
export const PRINT_ORIGIN = `${APP_SCHEME}://print`

/** Must come before the app is ready (protocol.registerSchemesAsPrivileged, Electron 45). */
export function registerAppScheme({ protocol }: ElectronParts): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, codeCache: true } },
  ])
}

/** Answers the window's requests from its files. */
export function serveWindow(session: SessionPart, files: RendererFiles): void {
  session.protocol.handle(APP_SCHEME, async (request) => {
    const { status, headers, body } = await files.answer(request)
    return new Response(new Uint8Array(body), { status, headers })
  })
}

/** Answers requests for documents to be printed: `documents` by their address, nothing else. */
export function servePrints(session: SessionPart, documents: ReadonlyMap<string, string>): void {
  session.protocol.handle(APP_SCHEME, async (request) => {
    const html = documents.get(request.url)
    if (html === undefined) return new Response('Muster prints no such document.', { status: 404 })
    const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': PRINT_POLICY }
    return new Response(html, { headers })
  })
}
