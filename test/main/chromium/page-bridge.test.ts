import vm from 'node:vm'
import { describe, expect, test } from 'vitest'
import { BINDING_NAME, DELIVER_NAME, pageBridgeSource } from '../../../main/chromium/page-bridge.ts'
import type { Bridge } from '../../../shared/bridge.ts'

const ORIGIN = 'https://muster.invalid'

type Deliver = (id: string, answer: string, messages: readonly (readonly [string, string])[]) => void

function load(href: string, options: { isFramed: boolean } = { isFramed: false }) {
  const sent: string[] = []
  const reported: unknown[] = []
  const page: Record<string, unknown> = {
    [BINDING_NAME]: (text: string) => sent.push(text),
    location: { href },
    reportError: (error: unknown) => reported.push(error),
  }
  const context = vm.createContext(page)
  page['top'] = options.isFramed ? {} : vm.runInContext('globalThis', context)
  vm.runInContext(pageBridgeSource(ORIGIN, ['a.one', 'a.two']), context)
  return { page, sent, reported, bridge: page['muster'] as Bridge, deliver: page[DELIVER_NAME] as Deliver }
}

describe('the bridge in the page', () => {
  test('has exactly the calls of the contract, and the raw binding is gone', () => {
    const { page, bridge, sent } = load(`${ORIGIN}/index.html`)
    expect(Object.keys(bridge.calls)).toEqual(['a.one', 'a.two'])
    expect(page[BINDING_NAME]).toBeUndefined()
    expect(sent).toEqual(['stands'])
  })

  test('sends a call as text and settles it with its own answer', async () => {
    const { bridge, deliver, sent } = load(`${ORIGIN}/index.html`)
    const answers = Promise.all([bridge.calls['a.one']?.('{"x":1}'), bridge.calls['a.two']?.('null')])
    expect(sent.slice(1)).toEqual(['1 a.one {"x":1}', '2 a.two null'])
    deliver('2', 'second', [])
    deliver('1', 'first', [])
    expect(await answers).toEqual(['first', 'second'])
  })

  test('brings messages to every listener, and stops when asked', () => {
    const { bridge, deliver, sent, reported } = load(`${ORIGIN}/index.html`)
    const heard: string[] = []
    bridge.listen(() => {
      throw new Error('a listener’s own fault')
    })
    const stop = bridge.listen((feed, message) => void heard.push(`${feed} ${message}`))
    deliver('', '', [
      ['f', '1'],
      ['g', '2'],
    ])
    stop()
    deliver('', '', [['f', '3']])
    expect(heard).toEqual(['f 1', 'g 2'])
    expect(reported).toHaveLength(3)
    expect(sent.filter((text) => text === 'listens')).toHaveLength(1)
  })

  test.each([
    'https://muster.invalid.example.com/',
    'blob:https://muster.invalid/x',
    'about:blank',
    'data:text/html,x',
  ])('is not there on %s', (href) => {
    const { page, sent } = load(href)
    expect([page['muster'], page[BINDING_NAME], page[DELIVER_NAME], sent]).toEqual([
      undefined,
      undefined,
      undefined,
      [],
    ])
  })

  test('is not there in a frame below', () => {
    const { page, sent } = load(`${ORIGIN}/index.html`, { isFramed: true })
    expect([page['muster'], page[BINDING_NAME], sent]).toEqual([undefined, undefined, []])
  })

  test('refuses an argument that is no text', async () => {
    const { bridge, sent } = load(`${ORIGIN}/index.html`)
    await expect(Reflect.apply(bridge.calls['a.one']!, null, [{ x: 1 }])).rejects.toMatchObject({ name: 'TypeError' })
    expect(sent).toEqual(['stands'])
  })
})
