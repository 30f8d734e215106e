import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { runElectron } from '../../../main/electron/run.ts'
import type { Shell } from '../../../main/shell.ts'
import { CALL_CHANNEL, FEED_CHANNEL, LISTENS_CHANNEL } from '../../../shared/bridge-channels.ts'
import { refuse } from '../../../shared/refusal.ts'
import { refusable, StandIn, type StandInWindow, senderOf } from './stand-in.ts'

const SOON = { timeout: 30_000, interval: 5 }
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-electron-'))
  await writeFile(join(folder, 'index.html'), 'the window __CSP_NONCE__')
})

afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))

interface Started {
  readonly electron: StandIn
  readonly asked: string[]
  readonly told: string[]
  readonly shell: () => Shell
  readonly window: () => StandInWindow
  isIncidentOpen: boolean
}

async function start(options: { isFirstInstance?: boolean; startApp?: () => Promise<void> } = {}): Promise<Started> {
  const electron = new StandIn({ isFirstInstance: options.isFirstInstance ?? true })
  const asked: string[] = []
  const told: string[] = []
  let shell: Shell | null = null
  const started: Started = {
    electron,
    asked,
    told,
    shell: () => shell!,
    window: () => electron.windows.at(-1)!,
    isIncidentOpen: false,
  }
  const running = runElectron(electron, {
    argv: ['electron', '.', '--data', join(folder, 'data')],
    env: {},
    platform: 'linux',
    folders: { renderer: folder, assets: folder, preload: join(folder, 'preload.cjs') },
    tell: (line) => told.push(line),
    loadApp: async () => async (given) => {
      shell = given.shell
      await options.startApp?.()
      await given.shell.start({
        callNames: ['a.one', 'a.two'],
        async answer(name, argument) {
          asked.push(`${name} ${argument}`)
          return `answer to ${name}`
        },
        onWindowReady: () => void asked.push('ready'),
        async onCloseAsked() {
          asked.push('close')
          return started.isIncidentOpen ? { decision: 'stay', because: 'INC-1 is open.' } : { decision: 'quit' }
        },
        async onQuit() {
          asked.push('quit')
        },
        log: given.log,
      })
    },
  })
  electron.app.becomeReady()
  await running
  if (electron.windows.length > 0) await vi.waitFor(() => expect(started.window().isShown).toBe(true), SOON)
  return started
}

describe('Muster in Electron, when it starts', () => {
  test('does what must come before ready before it, the lock after its folder', async () => {
    const { electron } = await start()
    const once = electron.done.filter((what) => what !== 'commandLine.appendSwitch')
    expect(once).toEqual([
      'app.enableSandbox',
      'protocol.registerSchemesAsPrivileged',
      'app.setPath userData',
      'app.requestSingleInstanceLock',
    ])
    expect(electron.paths.get('userData')).toBe(join(folder, 'data', 'electron'))
    expect(electron.switches.get('host-resolver-rules')).toBe('MAP * ~NOTFOUND')
    expect(electron.schemes.get('app')).toEqual({ standard: true, secure: true, codeCache: true })
  })

  test('opens one locked-down window on its own scheme', async () => {
    const { electron, window } = await start()
    expect(electron.windows).toHaveLength(1)
    expect(window().url).toBe('app://muster/index.html')
    expect(window().loaded).toMatch(/^the window [A-Za-z0-9+/]{24}$/)
    expect(window().options.webPreferences).toEqual({
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
      spellcheck: false,
      preload: join(folder, 'preload.cjs'),
      additionalArguments: ['--muster-calls=a.one,a.two'],
    })
  })

  test('leaves a second start to the first, and opens nothing', async () => {
    const { electron, told } = await start({ isFirstInstance: false })
    expect(electron.windows).toEqual([])
    expect(electron.app.hasQuit).toBe(true)
    expect(told).toEqual(['Muster runs already: its window comes to the front.'])
  })

  test('comes to the front when it is started a second time', async () => {
    const { electron, window } = await start()
    window().minimize()
    electron.app.events.emit('second-instance')
    await vi.waitFor(() => expect(window().isFocused).toBe(true), SOON)
    expect(window().isMinimized()).toBe(false)
    expect(electron.windows).toHaveLength(1)
  })

  test('says why and ends where the data folder cannot be used', async () => {
    const startApp = async () => {
      throw refuse('storage', { tried: 'Open the journal', happened: 'The disk is full.', next: 'Free some space.' })
    }
    const { electron, told } = await start({ startApp })
    expect(electron.app.exitCode).toBe(1)
    const said = 'Tried: Open the journal.\nWhat happened: The disk is full.\nNext: Free some space.'
    expect(told).toEqual([said])
    expect(electron.errorBoxes).toEqual([['Muster did not start', said]])
    expect(await readFile(join(folder, 'data', 'muster.log'), 'utf8')).toContain('The disk is full.')
  })
})

describe('a message to Muster in Electron', () => {
  test('is answered to its own window', async () => {
    const { electron, asked, window } = await start()
    expect(await electron.ipcMain.invoke(senderOf(window()), CALL_CHANNEL, 'a.one', '{}')).toBe('answer to a.one')
    electron.ipcMain.events.emit(LISTENS_CHANNEL, senderOf(window()))
    expect(asked).toEqual(['a.one {}', 'ready'])
  })

  test.each([
    ['a frame below', { parent: {} }],
    ['a foreign address', { url: 'https://example.com/' }],
    ['an address that only begins alike', { url: 'app://muster.example.com/' }],
    ['another host of the scheme', { url: 'app://print/1.html' }],
    ['a blob: page', { url: 'blob:app://muster/1' }],
    ['about:blank', { url: 'about:blank' }],
    ['a file', { url: 'file:///etc/passwd' }],
  ])('is refused from %s', async (_what, frame) => {
    const { electron, asked, window } = await start()
    await expect(electron.ipcMain.invoke(senderOf(window(), frame), CALL_CHANNEL, 'a.one', '{}')).rejects.toThrow(
      'own window',
    )
    electron.ipcMain.events.emit(LISTENS_CHANNEL, senderOf(window(), frame))
    expect(asked).toEqual([])
  })

  test('is refused from another window, a destroyed frame and in another form', async () => {
    const { electron, asked, window } = await start()
    const other = new electron.BrowserWindow() as StandInWindow
    const invoke = electron.ipcMain.invoke.bind(electron.ipcMain)
    await expect(invoke(senderOf(other, { url: window().url }), CALL_CHANNEL, 'a.one', '{}')).rejects.toThrow(
      'own window',
    )
    const gone = { sender: electron.windows[0]!.webContents, senderFrame: null }
    await expect(invoke(gone, CALL_CHANNEL, 'a.one', '{}')).rejects.toThrow('own window')
    const own = senderOf(electron.windows[0]!)
    for (const args of [[], ['a.one'], ['a.one', {}], [1, '{}'], [null, null], [['a.one'], '{}']]) {
      await expect(invoke(own, CALL_CHANNEL, ...args)).rejects.toThrow('two texts')
    }
    expect(asked).toEqual([])
  })

  test('goes through one handler and one listener, and feeds go out on one channel', async () => {
    const { electron, shell, window } = await start()
    shell().publish('a.feed', '{"x":1}')
    expect([...electron.ipcMain.handlers.keys()]).toEqual([CALL_CHANNEL])
    expect(electron.ipcMain.events.eventNames()).toEqual([LISTENS_CHANNEL])
    expect(window().webContents.sent).toEqual([[FEED_CHANNEL, 'a.feed', '{"x":1}']])
  })
})

describe('a page in Electron', () => {
  test('stays where it is, in every frame', async () => {
    const { window } = await start()
    const kinds = ['will-navigate', 'will-frame-navigate', 'will-redirect']
    const foreign = [
      'https://example.com/',
      'file:///etc/passwd',
      'app://print/1.html',
      'app://muster.example.com/',
      'blob:app://muster/1',
      'about:blank',
      'data:text/html,x',
      'javascript:1',
    ]
    const refused = kinds.map((kind) =>
      foreign.filter((url) => {
        const event = refusable(url)
        window().webContents.events.emit(kind, event)
        return event.isRefused
      }),
    )
    expect(refused).toEqual(kinds.map(() => foreign))
    const home = refusable('app://muster/index.html')
    window().webContents.events.emit('will-navigate', home)
    expect(home.isRefused).toBe(false)
  })

  test('gets no second window, no webview and no download', async () => {
    const { electron, window } = await start()
    const webview = refusable()
    window().webContents.events.emit('will-attach-webview', webview)
    const download = refusable()
    electron.sessions.get('')?.events.emit('will-download', download)
    expect([window().webContents.open(), webview.isRefused, download.isRefused]).toEqual(['deny', true, true])
  })

  test('gets no permission, asked or checked', async () => {
    const { electron } = await start()
    const session = electron.sessions.get('')!
    const decided: boolean[] = []
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
      'fileSystem',
    ]) {
      Reflect.apply(session.decidePermission!, null, [
        null,
        permission,
        (isGranted: boolean) => decided.push(isGranted),
        {},
      ])
    }
    const checked: unknown = Reflect.apply(session.checkPermission!, null, [null, 'media', 'app://muster', {}])
    const device: unknown = Reflect.apply(session.checkDevice!, null, [{ deviceType: 'usb', origin: 'app://muster' }])
    expect([new Set(decided), checked, device]).toEqual([new Set([false]), false, false])
  })

  test('reaches its own files under the policy, and nothing else', async () => {
    const { electron } = await start()
    const session = electron.sessions.get('')!
    const page = await session.request('app://muster/index.html')
    expect(page?.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'; ")
    expect((await session.request('app://muster/../secret.js'))?.status).toBe(404)
    expect((await session.request('app://muster/index.html', 'POST'))?.status).toBe(405)
    for (const url of ['https://example.com/', 'http://127.0.0.1/', 'file:///etc/passwd', 'ws://example.com/']) {
      expect(await session.request(url)).toBeNull()
    }
  })
})

describe('a notification in Electron', () => {
  test('tells when it is clicked, once', async () => {
    const { electron, shell } = await start()
    let clicks = 0
    shell().notify('INC-1: First response', 'Overdue.', () => {
      clicks += 1
    })
    expect(electron.notified).toEqual(['INC-1: First response: Overdue.'])
    electron.click()
    expect(clicks).toBe(1)
  })
})

describe('a window in Electron that goes away', () => {
  test('ends Muster in order when nothing is open', async () => {
    const { electron, asked, window } = await start()
    expect(window().close()).toBe(false)
    await vi.waitFor(() => expect(electron.app.hasQuit).toBe(true), SOON)
    expect(asked).toEqual(['close', 'quit'])
    expect(electron.trays).toEqual([])
  })

  test('leaves Muster in the tray while an incident is open, and says so', async () => {
    const started = await start()
    const { electron, window, asked } = started
    started.isIncidentOpen = true
    window().close()
    await vi.waitFor(() => expect(window().isShown).toBe(false), SOON)
    expect(electron.trays[0]?.toolTip).toBe('Muster: INC-1 is open.')
    expect(electron.notified).toEqual(['Muster stays: INC-1 is open.'])
    electron.trays[0]?.pick('Show Muster')
    await vi.waitFor(() => expect(window().isShown).toBe(true), SOON)
    window().close()
    await vi.waitFor(() => expect(window().isShown).toBe(false), SOON)
    expect(electron.trays).toHaveLength(1)
    electron.trays[0]?.pick('Quit and stop the clocks')
    await vi.waitFor(() => expect(electron.app.hasQuit).toBe(true), SOON)
    expect(asked).toEqual(['close', 'close', 'quit'])
    expect(electron.trays[0]?.isDestroyed).toBe(true)
  })

  test('is loaded again when its process is gone', async () => {
    const { electron, window } = await start()
    for (const reason of ['crashed', 'oom', 'killed']) {
      window().webContents.events.emit('render-process-gone', refusable(), { reason, exitCode: 1 })
    }
    expect(window().webContents.reloads).toBe(3)
    expect(electron.app.hasQuit).toBe(false)
  })

  test('does not crash forever', async () => {
    const { electron, window } = await start()
    for (let crash = 0; crash < 4; crash += 1) {
      window().webContents.events.emit('render-process-gone', refusable(), { reason: 'crashed', exitCode: 1 })
    }
    await vi.waitFor(() => expect(electron.app.hasQuit).toBe(true), SOON)
    expect(electron.notified.join()).toContain('crashes again and again')
  })

  test('leaves Muster in the tray after its crashes while an incident is open, and comes back new', async () => {
    const started = await start()
    const { electron, window } = started
    started.isIncidentOpen = true
    const crashing = window()
    for (let crash = 0; crash < 4; crash += 1) {
      crashing.webContents.events.emit('render-process-gone', refusable(), { reason: 'crashed', exitCode: 1 })
    }
    await vi.waitFor(() => expect(crashing.isDestroyed()).toBe(true), SOON)
    expect(electron.app.hasQuit).toBe(false)
    electron.trays[0]?.pick('Show Muster')
    await vi.waitFor(() => expect(window().isShown && window() !== crashing).toBe(true), SOON)
  })

  test('waits for the app to finish when the system asks Muster to quit, once', async () => {
    const { electron, asked } = await start()
    electron.app.quit()
    electron.app.quit()
    expect(electron.app.hasQuit).toBe(false)
    await vi.waitFor(() => expect(electron.app.hasQuit).toBe(true), SOON)
    expect(asked).toEqual(['quit'])
  })

  test('takes no feed message with it', async () => {
    const { shell, window } = await start()
    window().destroy()
    expect(() => shell().publish('a.feed', '1')).not.toThrow()
    await shell().show()
    expect(window().url).toBe('app://muster/index.html')
  })
})

describe('what the app asks of Electron', () => {
  test('is a link in its normal form, and no other', async () => {
    const { electron, shell } = await start()
    expect(await shell().openExternal('HTTPS://Example.com')).toBeNull()
    expect(await shell().openExternal('file:///etc/passwd')).toMatchObject({ code: 'not-allowed' })
    expect(electron.opened).toEqual(['https://example.com/'])
  })

  test('is refused without its number where the system opens no such link', async () => {
    const { electron, shell } = await start()
    electron.failingOpen = 'No program opens tel:+491705550100'
    const refused = await shell().openExternal('tel:+491705550100')
    expect(refused).toMatchObject({ code: 'unsupported', tried: 'Open the tel link' })
    expect(JSON.stringify(refused)).not.toContain('5550100')
  })

  test('is where to save', async () => {
    const { electron, shell } = await start()
    expect(await shell().chooseSaveFile('post-mortem.md')).toBeNull()
    electron.nextSave = { canceled: false, filePath: '/home/x/post-mortem.md' }
    expect(await shell().chooseSaveFile('post-mortem.md')).toBe('/home/x/post-mortem.md')
  })

  test('is which folder', async () => {
    const { electron, shell } = await start()
    expect(await shell().chooseFolder('Mirror into')).toBeNull()
    electron.nextOpen = { canceled: false, filePaths: ['/media/stick'] }
    expect(await shell().chooseFolder('Mirror into')).toBe('/media/stick')
  })

  test('is which file to read', async () => {
    const { electron, shell } = await start()
    expect(await shell().chooseOpenFile('Import')).toBeNull()
    electron.nextOpen = { canceled: false, filePaths: ['/media/stick/incident.tar'] }
    expect(await shell().chooseOpenFile('Import')).toBe('/media/stick/incident.tar')
  })

  test('is a print: hidden, without scripts, reaching nothing, gone afterwards', async () => {
    const { electron, shell, window } = await start()
    const pdf = Buffer.from(await shell().printToPdf('<p>INC-1'))
    expect(pdf.toString()).toBe('%PDF-<p>INC-1')
    expect(window().options).toMatchObject({
      show: false,
      webPreferences: { javascript: false, sandbox: true, partition: 'muster-print' },
    })
    expect(window().webContents.printed).toEqual([
      { pageSize: 'A4', printBackground: true, preferCSSPageSize: true, generateTaggedPDF: true },
    ])
    const session = electron.sessions.get('muster-print')!
    expect(window().isDestroyed()).toBe(true)
    expect(await session.request('https://example.com/')).toBeNull()
    expect((await session.request(window().url))?.status).toBe(404)
    await shell().printToPdf('again')
  })
})

describe('the stand-in', () => {
  test('refuses what Electron refuses', () => {
    const electron = new StandIn()
    expect(() => new electron.BrowserWindow({})).toThrow('before the app is ready')
    expect(() => electron.session.defaultSession).toThrow('before the app is ready')
    expect(() => electron.app.requestSingleInstanceLock()).toThrow('user-data folder')
    electron.app.becomeReady()
    expect(() => electron.app.enableSandbox()).toThrow('must be called before')
    expect(() => electron.protocol.registerSchemesAsPrivileged([])).toThrow('must be called before')
    expect(() => electron.session.defaultSession.protocol.handle('app', async () => new Response())).toThrow(
      'not registered',
    )
    const unknown: object = { webPreferences: { sandbocks: true } }
    expect(() => new electron.BrowserWindow(unknown)).toThrow('WebPreferences has no sandbocks')
  })
})
