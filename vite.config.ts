import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

/**
 * The window's files. Both shells answer them on an origin of their own under a strict Content-Security-Policy:
 * relative addresses, no inline script, nothing turned into a data: address but what the policy allows, nothing
 * fetched from elsewhere. `__CSP_NONCE__` in index.html is left for the shell, which puts a fresh nonce there per load.
 */
export default defineConfig({
  root: fileURLToPath(new URL('renderer', import.meta.url)),
  base: './',
  publicDir: false,
  plugins: [react()],
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
