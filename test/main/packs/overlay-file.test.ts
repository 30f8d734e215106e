import { describe, expect, it } from 'vitest'
import { lintOverlay, readOverlay } from '../../../main/packs/overlay-file.ts'
import { smallPack } from '../../shared/packs/small-pack.ts'

const head = 'apiVersion: muster.dev/v1\nkind: overlay\nid: acme\ntitle: Acme\n'

function lint(rest: string) {
  const linted = lintOverlay(Buffer.from(head + rest), 'acme.yaml', [smallPack()])
  return 'problems' in linted ? linted.problems : []
}

describe('linting an overlay', () => {
  it('takes one that fits', () => {
    expect(
      lint('packs:\n  - pack: small\n    severities:\n      - { severity: sev3, respondWithinMinutes: 60 }\n'),
    ).toEqual([])
  })

  it.each([
    ['a pack', 'packs:\n  - pack: smal\n', 6, 'small'],
    [
      'a role',
      'people: [{ id: ana, name: Ana }]\npacks:\n  - pack: small\n    contacts: [{ role: leat, people: [ana] }]\n',
      8,
      'lead',
    ],
    [
      'a person',
      'people: [{ id: ana, name: Ana }]\npacks:\n  - pack: small\n    contacts: [{ role: lead, people: [anna] }]\n',
      8,
      'ana',
    ],
    [
      'a severity',
      'packs:\n  - pack: small\n    severities: [{ severity: sev4, respondWithinMinutes: 1 }]\n',
      7,
      'sev1',
    ],
    ['a place', 'packs:\n  - pack: small\n    places: [{ place: hots, is: { at: ssh, host: a } }]\n', 7, 'host'],
    ['a parameter', 'packs:\n  - pack: small\n    parameters: [{ parameter: DOMAN, value: a.example }]\n', 7, 'DOMAIN'],
    ['a key', 'packs:\n  - pack: small\n    contact: []\n', 7, 'contacts'],
  ])('says where %s is named that is not there, and what was meant', (_what, rest, line, meant) => {
    const [problem, ...more] = lint(rest)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ line, meant })
    expect(problem?.next).toContain(`Did you mean '${meant}'?`)
  })

  it('lets nobody but a person at it say yes to a machine', () => {
    const rest =
      'packs:\n  - pack: small\n    places: [{ place: host, is: { at: this-machine, consent: run host on bridge } }]\n'
    expect(lint(rest)).toMatchObject([{ line: 7, happened: expect.stringContaining('is for a person at the machine') }])
    expect(() => readOverlay(Buffer.from(head + rest), 'acme.yaml')).toThrow(/is for a person at the machine/)
  })

  it.each([
    ['a value of a secret parameter', '{ parameter: TOKEN, value: Tr0ub4dor }', 'Tr0ub4dor'],
    ['a secret in place of its name', '{ parameter: TOKEN, credential: "postgres://u:Tr0ub4dor@db/x" }', 'Tr0ub4dor'],
    [
      'a text that looks like a secret',
      '{ parameter: DOMAIN, value: "https://u:Tr0ub4dor@shop.example" }',
      'Tr0ub4dor',
    ],
  ])('finds %s and quotes nothing of it', (_what, row, secret) => {
    const problems = lint(`packs:\n  - pack: small\n    parameters: [${row}]\n`)
    expect(problems.length).toBeGreaterThan(0)
    expect(JSON.stringify(problems)).not.toContain(secret)
  })

  it('wants a route to lead through a place that fits it', () => {
    const [problem] = lint(
      'packs:\n  - pack: small\n    places: [{ place: host, is: { at: ssh, host: a } }]\n    targets: [{ target: api, is: { route: docker-exec, place: host } }]\n',
    )
    expect(problem).toMatchObject({ line: 8 })
  })

  it('names each row once', () => {
    const row = '{ severity: sev1, respondWithinMinutes: 1 }'
    expect(lint(`packs:\n  - pack: small\n    severities: [${row}, ${row}]\n`)[0]?.happened).toContain('stands twice')
  })

  it('is as wary of hostile text as with packs', () => {
    expect(lint('people: [{ id: ana, name: "Ana\u202e" }]\n')[0]?.happened).toContain('U+202E')
    expect(lint('__proto__: {}\n')[0]?.happened).toContain('__proto__')
  })

  it('reads one for an incident whatever packs there are', () => {
    const { overlay, hash } = readOverlay(Buffer.from(`${head}packs: [{ pack: gone }]\n`), 'acme.yaml')
    expect(overlay.title).toBe('Acme')
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
  })
})
