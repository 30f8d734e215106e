import { fileURLToPath } from 'node:url'
import vm from 'node:vm'
import { build } from 'vite'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Bridge } from '../../shared/bridge.ts'
import { CALL_CHANNEL, CALLS_ARGUMENT, FEED_CHANNEL, LISTENS_CHANNEL } from '../../shared/bridge-channels.ts'

let code: string

/** Built as it is for the app: one CommonJS file, the only thing that a sandboxed preload script can be. */
beforeAll(async () => {
  const entry = fileURLToPath(new URL('../../preload/electron.ts', import.meta.url))
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: { entry, formats: ['cjs'] },
      rolldownOptions: { external: ['electron'] },
    },
  })
  const outputs = [built].flat().flatMap((each) => ('output' in each ? each.output : []))
  if (outputs.length !== 1 || outputs[0]?.type !== 'chunk') throw new Error('The preload script must be one file')
  code = outputs[0].code
})

function load(argv: readonly string[]) {
  const exposed: Record<string, unknown> = {}
  const asked: string[] = []
  const heard: ((event: unknown, ...args: string[]) => void)[] = []
  const required: string[] = []
  const electron = {
    contextBridge: { exposeInMainWorld: (name: string, api: unknown) => void (exposed[name] = api) },
    ipcRenderer: {
      async invoke(channel: string, ...args: string[]) {
        asked.push(`${channel} ${args.join(' ')}`)
        return 'answer'
      },
      send: (channel: string) => void asked.push(channel),
      on(channel: string, listener: (event: unknown, ...args: string[]) => void) {
        if (channel === FEED_CHANNEL) heard.push(listener)
      },
    },
  }
  const require = (name: string) => {
    required.push(name)
    return electron
  }
  vm.runInNewContext(code, { require, module: { exports: {} }, exports: {}, process: { argv }, Promise, Object, Set })
  return { exposed, asked, heard, required, bridge: exposed['muster'] as Bridge }
}

describe('the preload script', () => {
  test('asks for nothing but electron, and shows the page nothing but the bridge', () => {
    const { exposed, required, bridge } = load(['electron', `${CALLS_ARGUMENT}a.one,a.two`])
    expect(required).toEqual(['electron'])
    expect(Object.keys(exposed)).toEqual(['muster'])
    expect(Object.keys(bridge)).toEqual(['calls', 'listen'])
    expect(Object.keys(bridge.calls)).toEqual(['a.one', 'a.two'])
  })

  test('passes a call under its own name alone', async () => {
    const { bridge, asked } = load([`${CALLS_ARGUMENT}a.one,a.two`])
    expect(await bridge.calls['a.one']?.('{"x":1}')).toBe('answer')
    expect(asked).toEqual([`${CALL_CHANNEL} a.one {"x":1}`])
  })

  test('brings feed messages without the event, says once that it listens, and stops when asked', () => {
    const { bridge, asked, heard } = load([`${CALLS_ARGUMENT}a.one`])
    const messages: unknown[][] = []
    const stop = bridge.listen((...parts) => void messages.push(parts))
    bridge.listen(() => {})
    heard[0]?.({ sender: 'not for the page' }, 'a.feed', '1')
    stop()
    heard[0]?.({ sender: 'not for the page' }, 'a.feed', '2')
    expect(messages).toEqual([['a.feed', '1']])
    expect(asked).toEqual([LISTENS_CHANNEL])
  })
})
