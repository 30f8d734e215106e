import { app, BrowserWindow } from 'electron'

/*
 * Run once by the setup step with the binary in question: does this Electron open a sandboxed window here?
 * Plain JavaScript, as Electron runs it before anything is built. No top-level await on `ready`: Electron gets
 * ready only after its entry module has ended (https://www.electronjs.org/docs/latest/tutorial/esm).
 */
app.enableSandbox()

async function openWindow() {
  await app.whenReady()
  const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true, contextIsolation: true } })
  await window.loadURL('data:text/html,<title>probe</title>')
  process.stdout.write('muster-probe-ready\n')
  app.exit(0)
}

openWindow().catch((/** @type {unknown} */ error) => {
  process.stderr.write(`${String(error)}\n`)
  app.exit(1)
})
