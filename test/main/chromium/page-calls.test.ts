import { describe, expect, test } from 'vitest'
import type { CdpConnection } from '../../../main/chromium/cdp-connection.ts'
import { BINDING_NAME } from '../../../main/chromium/page-bridge.ts'
import { PageCalls, type PageCallsOptions } from '../../../main/chromium/page-calls.ts'

const ORIGIN = 'https://muster.invalid'
const MAIN = 'main-frame'

function open(options: Partial<Pick<PageCallsOptions, 'answer'>> = {}) {
  const sent: { method: string; params: object }[] = []
  const asked: string[] = []
  const logged: string[] = []
  const connection: CdpConnection = {
    async send(method, params = {}) {
      sent.push({ method, params })
      return method === 'Runtime.evaluate' ? { result: { objectId: 'deliver' } } : {}
    },
    post: (method, params = {}) => void sent.push({ method, params }),
    onEvent: () => () => {},
    closed: new Promise(() => {}),
    close: () => {},
  }
  const calls = new PageCalls({
    connection,
    session: 's',
    mainFrame: MAIN,
    origin: ORIGIN,
    async answer(name, argument) {
      asked.push(`${name} ${argument}`)
      return `answer to ${name}`
    },
    log: (what) => logged.push(what),
    onListening: () => asked.push('listening'),
    onHanging: () => asked.push('hanging'),
    ...options,
  })
  const hear = (method: string, params: unknown = {}) => calls.hear({ session: 's', method, params })
  const context = (id: number, frameId: string, isDefault = true) =>
    hear('Runtime.executionContextCreated', { context: { id, auxData: { isDefault, frameId } } })
  const navigate = (url: string, id = MAIN) =>
    hear('Page.frameNavigated', { frame: { id, url, ...(id !== MAIN && { parentId: MAIN }) } })
  const call = (executionContextId: number, payload = '1 a.one {}') =>
    hear('Runtime.bindingCalled', { name: BINDING_NAME, payload, executionContextId })
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  return { calls, sent, asked, logged, hear, context, navigate, call, settled }
}

describe('a call of the page', () => {
  test('is answered by an argument, into its own context', async () => {
    const { sent, asked, context, navigate, call, settled } = open()
    navigate(`${ORIGIN}/index.html`)
    context(1, MAIN)
    call(1, 'stands')
    call(1, '7 a.one {"text":"\n1 b.two"}')
    await settled()
    expect(asked).toEqual(['a.one {"text":"\n1 b.two"}'])
    expect(sent.at(-1)).toEqual({
      method: 'Runtime.callFunctionOn',
      params: {
        objectId: 'deliver',
        functionDeclaration: 'function (...parts) { this(...parts) }',
        arguments: [{ value: '7' }, { value: 'answer to a.one' }, { value: [] }],
        silent: true,
      },
    })
  })

  test.each([
    ['a frame below', 'child-frame', `${ORIGIN}/index.html`, true],
    ['a foreign page', MAIN, 'https://example.com/', true],
    ['a page whose address only begins alike', MAIN, 'https://muster.invalid.example.com/', true],
    ['a blob: page of the same origin', MAIN, `blob:${ORIGIN}/1`, true],
    ['about:blank', MAIN, 'about:blank', true],
    ['an isolated world', MAIN, `${ORIGIN}/index.html`, false],
  ])('is refused from %s', async (_what, frame, url, isDefault) => {
    const { asked, sent, logged, context, navigate, call, settled } = open()
    navigate(url)
    context(1, frame, isDefault)
    for (const payload of ['stands', 'listens', '1 a.one {}']) call(1, payload)
    await settled()
    expect({ asked, sent }).toEqual({ asked: [], sent: [] })
    expect(logged).toHaveLength(3)
  })

  test('is refused from a context that nobody announced, and from one of a torn down page', async () => {
    const { asked, hear, context, navigate, call, settled } = open()
    navigate(`${ORIGIN}/index.html`)
    call(5)
    context(1, MAIN)
    hear('Runtime.executionContextsCleared')
    call(1)
    context(2, MAIN) // brought back from the cache before its page has said its address
    call(2)
    await settled()
    expect(asked).toEqual([])
  })

  test.each(['', '1', '1 a.one', 'x a.one {}', '1 a;b {}', `${'9'.repeat(16)} a.one {}`, ' 1 a.one {}'])(
    'is refused when it is not of the form: %j',
    async (payload) => {
      const { asked, context, navigate, call, settled } = open()
      navigate(`${ORIGIN}/index.html`)
      context(1, MAIN)
      call(1, payload)
      await settled()
      expect(asked).toEqual([])
    },
  )

  test.each([
    ['of another form', 1, '4 a;b {}', 'bad-input'],
    ['one too many', 1_001, '4 a.one {}', 'too-large'],
  ])('gets a refusal under its id when it is %s', async (_what, calls, payload, code) => {
    const { sent, context, navigate, call, settled } = open({ answer: () => new Promise(() => {}) })
    navigate(`${ORIGIN}/index.html`)
    context(1, MAIN)
    call(1, 'stands')
    for (let each = 0; each < calls; each += 1) call(1, payload)
    await settled()
    expect(sent.filter(({ method }) => method === 'Runtime.callFunctionOn')).toHaveLength(1)
    expect(sent.at(-1)?.params).toMatchObject({
      arguments: [{ value: '4' }, { value: expect.stringContaining(`"ok":false,"refusal":{"code":"${code}"`) }, {}],
    })
  })

  test('is not answered into another page that came meanwhile', async () => {
    const { sent, hear, context, navigate, call, settled } = open()
    navigate(`${ORIGIN}/index.html`)
    context(1, MAIN)
    call(1, 'stands')
    call(1)
    hear('Runtime.executionContextsCleared')
    context(2, MAIN)
    await settled()
    expect(sent.filter(({ method }) => method === 'Runtime.callFunctionOn')).toEqual([])
  })
})

describe('a feed message', () => {
  test('goes nowhere before the bridge stands, and in batches after', async () => {
    const { calls, sent, context, navigate, call, settled } = open()
    calls.publish('f', '0')
    navigate(`${ORIGIN}/index.html`)
    context(1, MAIN)
    call(1, 'stands')
    for (const message of ['1', '2', '3']) calls.publish('f', message)
    await settled()
    await settled()
    const batches = sent.filter(({ method }) => method === 'Runtime.callFunctionOn').map(({ params }) => params)
    expect(batches).toMatchObject([
      { arguments: [{}, {}, { value: [['f', '1']] }] },
      {
        arguments: [
          {},
          {},
          {
            value: [
              ['f', '2'],
              ['f', '3'],
            ],
          },
        ],
      },
    ])
  })

  test('does not pile up for a window that hangs', () => {
    const { calls, asked, context, navigate, call } = open()
    navigate(`${ORIGIN}/index.html`)
    context(1, MAIN)
    call(1, 'stands')
    const message = 'x'.repeat(1024 * 1024)
    for (let each = 0; each < 80; each += 1) calls.publish('f', message)
    expect(asked).toEqual(['hanging'])
  })
})
