import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { sha256 } from '../../../main/journal/sha256.ts'
import { sentenceOf as inTheWindow } from '../../../renderer/words/entries.ts'
import { fold, step } from '../../../shared/incident/fold.ts'
import { allKinds, readEntry } from '../../../shared/incident/kinds.ts'
import { sentenceOf as inTheTerminal } from '../../../shared/incident/sentence.ts'
import { emptyState } from '../../../shared/incident/state.ts'
import { canonicalJson } from '../../../shared/journal/canonical.ts'
import { hashBody, hashHeader } from '../../../shared/journal/chain.ts'
import { type Entry, headerSchema } from '../../../shared/journal/header.ts'
import { type Kind, readAs } from '../../../shared/journal/kind.ts'
import { ledgerKinds } from '../../../shared/ledger/entries.ts'
import { postmortemDocument } from '../../../shared/postmortem/document.ts'
import { postmortemJson } from '../../../shared/postmortem/json.ts'

/*
 * One stored entry of every kind and version that was ever released, as the code of that release wrote it. A kind that is
 * new or newer needs a line in `unreleased.jsonl`; a release renames that file to its own version. Lines are never changed.
 */
const folder = join(import.meta.dirname, 'golden')

const lineSchema = z.strictObject({
  ...headerSchema.shape,
  prev: z.string(),
  hash: z.string(),
  salt: z.string(),
  /** The body exactly as stored. */
  bytes: z.string(),
})

interface Golden {
  readonly file: string
  readonly line: z.infer<typeof lineSchema>
  readonly entry: Entry
}

const golden = readdirSync(folder).flatMap((file): Golden[] =>
  readFileSync(join(folder, file), 'utf8')
    .trim()
    .split('\n')
    .map((text) => {
      const line = lineSchema.parse(JSON.parse(text))
      const { salt: _salt, bytes, ...rest } = line
      return { file, line, entry: { ...rest, body: JSON.parse(bytes) as Entry['body'] } }
    }),
)

const everyKind: readonly Kind<string, unknown>[] = [...allKinds, ...ledgerKinds]
const ledgerNames = new Set<string>(ledgerKinds.map(({ kind }) => kind))
const ofIncidents = golden.filter(({ entry }) => !ledgerNames.has(entry.kind))
const named = (all: readonly Golden[]) =>
  all.map((one) => [`${one.entry.kind} ${one.entry.version} (${one.file})`, one] as const)

test.each(everyKind.map((kind) => [kind.kind, kind] as const))(
  '%s has a golden entry of each version',
  (_name, kind) => {
    const versions = golden.filter(({ entry }) => entry.kind === kind.kind).map(({ entry }) => entry.version)
    expect([...new Set(versions)].toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: kind.version }, (_each, index) => index + 1),
    )
  },
)

describe.each(named(golden))('%s', (_name, { line, entry }) => {
  test('its hashes fit what was stored', () => {
    const { prev, hash, salt, bytes, ...header } = line
    expect(hashBody(Buffer.from(salt, 'hex'), Buffer.from(bytes), sha256)).toBe(header.body_hash)
    expect(hashHeader(prev, header, sha256)).toBe(hash)
    expect(canonicalJson(JSON.parse(bytes))).toBe(bytes)
  })

  test('it is read', () => {
    const kind = everyKind.find((known) => known.kind === entry.kind)
    expect(kind === undefined ? null : readAs(kind, entry)).not.toBeNull()
  })
})

describe.each(named(ofIncidents))('%s', (_name, { entry }) => {
  test('it is folded, and said in the terminal and in the window', () => {
    expect(step(emptyState(entry.incident), entry)).toMatchObject({ entries: 1, unread: 0, erased: 0 })
    expect(inTheTerminal(entry)).not.toMatch(/cannot read|undefined|\[object/)
    const { kind, said } = inTheWindow(entry, 'utc')
    expect(kind).not.toBe('Unknown kind')
    expect(JSON.stringify(said)).not.toMatch(/undefined|\[object/)
  })

  test('once erased it is counted as erased, and says so', () => {
    const erased = { ...entry, body: null }
    expect(step(emptyState(entry.incident), erased)).toMatchObject({ entries: 1, unread: 0, erased: 1 })
    expect(inTheTerminal(erased)).toContain('erased')
  })
})

const newer = (entry: Entry): Entry => ({ ...entry, version: entry.version + 100 })

test('an unknown kind, and a newer version of any kind, is kept as it stands and changes nothing but the count', () => {
  const arbitrary = fc.record({
    golden: fc.constantFrom(...ofIncidents.map(({ entry }) => entry)),
    kind: fc.option(fc.stringMatching(/^x[a-z]{1,12}(-[a-z]{1,12}){0,2}$/), { nil: null }),
    body: fc.dictionary(fc.string({ maxLength: 12 }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 6 }),
  })
  const begun = fold(
    'X',
    ofIncidents.map(({ entry }) => entry),
  )
  fc.assert(
    fc.property(arbitrary, ({ golden: entry, kind, body }) => {
      const stored = JSON.parse(JSON.stringify(body)) as Entry['body']
      const strange: Entry = kind === null ? { ...newer(entry), body: stored } : { ...entry, kind, body: stored }
      expect(readEntry(strange)).toBeNull()
      const after = step(begun, strange)
      expect(after).toEqual({
        ...begun,
        mode: strange.mode,
        entries: begun.entries + 1,
        unread: begun.unread + 1,
        head: { hash: strange.hash, chain: strange.chain, seq: strange.seq, at: strange.at },
      })
      expect(inTheTerminal(strange)).toContain(`${strange.kind}, version ${strange.version}`)
      expect(JSON.stringify(inTheWindow(strange, 'utc'))).toContain(`${strange.kind} ${strange.version}`)
    }),
    { numRuns: 200 },
  )
})

test('what cannot be read travels in the post-mortem: its kind, its version, its hash and who logged it', () => {
  const entries = ofIncidents.map(({ entry }) => entry)
  const [first] = entries
  if (first === undefined) throw new Error('no golden entry')
  const strange = { ...newer(first), kind: 'from-the-future' }
  const all = [...entries, strange]
  const json = postmortemJson(
    postmortemDocument({
      state: fold(first.incident, all),
      entries: all,
      pack: null,
      madeAt: first.at,
      version: '0',
      verified: null,
      offsetMinutes: null,
    }),
  )
  const { timeline, integrity } = JSON.parse(json) as {
    timeline: { kind: string; read: boolean; sentence: string }[]
    integrity: { unread: number }
  }
  expect(integrity.unread).toBe(1)
  expect(timeline.find(({ read }) => !read)).toMatchObject({
    kind: 'from-the-future',
    sentence: expect.stringContaining('from-the-future, version 101') as string,
  })
})

test('a body of a newer version is read as soon as its version is known, and older ones are lifted to it', () => {
  const noted = ofIncidents.find(({ entry }) => entry.kind === 'noted')?.entry
  if (noted === undefined) throw new Error('no golden note')
  const body = z.strictObject({ text: z.string(), mood: z.enum(['calm', 'unknown']) })
  const next: Kind<'noted', z.infer<typeof body>> = {
    kind: 'noted',
    version: 2,
    body,
    upcast: (old, from) => (from === 1 && typeof old === 'object' ? { ...old, mood: 'unknown' } : old),
  }
  const written: Entry = { ...noted, version: 2, body: { text: 'All quiet.', mood: 'calm' } }
  expect(readEntry(written)).toBeNull()
  expect(step(emptyState('X'), written)).toMatchObject({ unread: 1 })
  expect(readAs(next, written)?.body).toEqual({ text: 'All quiet.', mood: 'calm' })
  expect(readAs(next, noted)?.body).toEqual({ ...(noted.body as object), mood: 'unknown' })
})
