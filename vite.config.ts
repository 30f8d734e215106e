import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'

/**
 * The window's files. Both shells answer them on an origin of their own under a strict Content-Security-Policy:
 * relative addresses, no inline script, nothing turned into a data: address but what the policy allows, nothing
 * fetched from elsewhere. `__CSP_NONCE__` in index.html is left for the shell, which puts a fresh nonce there per load.
 */
export default defineConfig({
  root: fileURLToPath(new URL('renderer', import.meta.url)),
  base: './',
  publicDir: false,
  plugins: [react(), sheetLast()],
  build: {
    outDir: fileURLToPath(new URL('dist/renderer', import.meta.url)),
    emptyOutDir: true,
    target: 'chrome140',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    sourcemap: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
  },
})

/**
 * Moves the style sheet from the head to the end of the body: a browser paints what stands before a sheet without
 * waiting for it (https://html.spec.whatwg.org/#link-type-stylesheet, "body-ok"), and the script still waits for it.
 */
function sheetLast(): Plugin {
  return {
    name: 'sheet-last',
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const [sheet] = /[ \t]*<link rel="stylesheet"[^>]*>\n?/.exec(html) ?? []
        if (sheet === undefined) return html
        return html.replace(sheet, '').replace('</body>', `${sheet.trimEnd()}\n  </body>`)
      },
    },
  }
}
