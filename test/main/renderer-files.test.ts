import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RendererFiles } from '../../main/renderer-files.ts'

const ORIGIN = 'https://muster.invalid'
const SECRET = 'must never be served'
let base: string
let files: RendererFiles

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'muster-files-'))
  const folder = join(base, 'renderer')
  await mkdir(join(folder, 'assets'), { recursive: true })
  await mkdir(join(base, 'renderer-next'))
  for (const path of [
    'secret.js',
    'renderer-next/secret.js',
    'renderer/.hidden.js',
    'renderer/secret.sh',
    'renderer/secret',
  ]) {
    await writeFile(join(base, path), SECRET)
  }
  await writeFile(join(folder, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">')
  await writeFile(join(folder, 'assets', 'index-D_3a-b.js'), 'code')
  await symlink(join(base, 'secret.js'), join(folder, 'link.js'))
  await symlink(base, join(folder, 'up'))
  files = new RendererFiles({ folder, origin: ORIGIN })
})

afterAll(() => rm(base, { recursive: true, force: true }))

const get = (url: string) => files.answer({ method: 'GET', url })

function traversals(): string[] {
  const ups = [
    '..',
    '%2e%2e',
    '%2E%2E',
    '.%2e',
    '%2e.',
    '..%00',
    '%252e%252e',
    '..;',
    '．．',
    '%c0%ae%c0%ae',
    '%uff0e%uff0e',
    '. .',
    '...',
    '..\\',
    '..%5c',
    '..%2f',
  ]
  const joins = ['/', '//', '\\', '%2f', '%5c', '/./', '%252f', '%c0%af']
  const ends = ['secret.js', 'renderer-next/secret.js']
  const made = ups.flatMap((up) =>
    joins.flatMap((by) => ends.flatMap((end) => [`/${up}${by}${end}`, `/assets/${up}${by}${up}${by}${end}`])),
  )
  const others = [
    '/link.js',
    '/up/secret.js',
    '/.hidden.js',
    '/secret.sh',
    '/secret',
    '/assets',
    '/assets/',
    '//secret.js',
    '/assets/../../secret.js',
    '/C:/secret.js',
    '/c:secret.js',
    '/index.html::$DATA',
    '/index.html.',
    '/index.html%20',
    '/index.html/',
    '/index.html%00.js',
    '/con.js/../secret.js',
    `//${base}/secret.js`,
    `/${base}/secret.js`,
    `/file://${base}/secret.js`,
    `/${'a/'.repeat(500)}x.js`,
    '/~/secret.js',
    '/index.html\n',
    '/INDEX.HTML',
  ]
  return [...made, ...others]
}

describe('the files of the window', () => {
  test('are answered with their type and under the policy', async () => {
    const answer = await get(`${ORIGIN}/assets/index-D_3a-b.js?v=1#x`)
    expect(answer.status).toBe(200)
    expect(answer.body.toString()).toBe('code')
    expect(answer.headers).toMatchObject({
      'Content-Type': 'text/javascript; charset=utf-8',
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
      'Cross-Origin-Resource-Policy': 'same-origin',
    })
  })

  test('carry one fresh nonce in the page and its policy', async () => {
    const answers = [await get(`${ORIGIN}/index.html`), await get(`${ORIGIN}/`)]
    const nonces = answers.map(({ body }) => /content="([A-Za-z0-9+/]{24})"/.exec(body.toString())?.[1])
    answers.forEach(({ headers }, index) => {
      expect(headers['Content-Security-Policy']).toContain(`style-src 'self' 'nonce-${nonces[index]}'`)
    })
    expect(new Set(nonces).size).toBe(2)
  })

  test('allow no inline script, no eval, no connection and no other origin', async () => {
    const policy = (await get(`${ORIGIN}/index.html`)).headers['Content-Security-Policy'] ?? ''
    expect(policy).toContain("default-src 'none'; script-src 'self'; ")
    expect(policy).toContain("connect-src 'none'")
    expect(policy).not.toMatch(/unsafe|\*|https?:|blob:|script-src[^;]*nonce/)
  })

  test('are nowhere else: no traversal is served', async () => {
    const tried = traversals()
    expect(tried.length).toBeGreaterThan(200)
    const served = []
    for (const path of tried) {
      const { status, body } = await get(`${ORIGIN}${path}`)
      if (status === 200 || body.includes(SECRET)) served.push(path)
    }
    expect(served).toEqual([])
  })

  test.each([
    'https://muster.invalid.example.com/index.html',
    'http://muster.invalid/index.html',
    'https://muster.invalid',
    'index.html',
    '',
  ])('are not those of %j', async (url) => {
    expect((await get(url)).status).toBe(404)
  })

  test('are only read', async () => {
    expect((await files.answer({ method: 'POST', url: `${ORIGIN}/index.html` })).status).toBe(405)
  })

  test('are refused under a policy that allows nothing', async () => {
    expect((await get(`${ORIGIN}/absent.js`)).headers['Content-Security-Policy']).toBe("default-src 'none'")
  })
})
