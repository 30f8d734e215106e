import { writeFile } from 'node:fs/promises'
import { runChromium } from '../../../main/chromium/run.ts'

/**
 * A process with a window and next to no app, for tests that end processes: `host.ts DATA RENDERER`. It writes
 * one JSON line for each thing that happens.
 */
const [data = '', renderer = ''] = process.argv.slice(2)
const say = (what: object) => void process.stdout.write(`${JSON.stringify(what)}\n`)

process.exitCode = await runChromium({
  argv: ['--data', data],
  env: process.env,
  platform: process.platform,
  folders: { renderer, assets: renderer, preload: '' },
  tell: (line) => say({ told: line }),
  loadApp: async () => async (options) => {
    const { shell } = options
    await shell.start({
      callNames: ['test.say'],
      async answer(_name, argument) {
        say({ said: argument })
        return '{"ok":true,"value":null}'
      },
      onWindowReady: () => say({ ready: true }),
      onCloseAsked: async () => ({ decision: 'quit' }),
      async onQuit() {
        await writeFile(`${data}/quit-in-order`, '')
      },
      log: options.log,
    })
  },
})
