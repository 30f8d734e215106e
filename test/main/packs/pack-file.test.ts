import { describe, expect, it, test } from 'vitest'
import { type LoadedPack, readPack } from '../../../main/packs/pack-file.ts'
import { type Refusal, RefusalError } from '../../../shared/refusal.ts'
import { infinityText } from './requirements.ts'

function read(text: string): LoadedPack {
  return readPack(new TextEncoder().encode(text), 'mine.yaml')
}

function refusalFor(text: string): Refusal {
  try {
    read(text)
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal
    throw error
  }
  throw new Error('the pack was taken')
}

/** The shipped pack with one piece of its text replaced, which must be there. */
function changed(from: string, to: string): string {
  if (!infinityText.includes(from)) throw new Error(`the pack does not hold ${from}`)
  return infinityText.replace(from, () => to)
}

it('takes a byte-order mark and lines that end in CR LF', () => {
  expect(read(`\ufeff${infinityText.replaceAll('\n', '\r\n')}`).pack).toEqual(read(infinityText).pack)
})

it('pins a pack by the sha256 of its bytes', () => {
  // sha256sum of the same bytes would say the same; a comment is part of them.
  const { hash, bytes } = read(infinityText)
  expect(hash).toMatch(/^[0-9a-f]{64}$/)
  expect(new TextDecoder().decode(bytes)).toBe(infinityText)
  expect(read(`${infinityText}# one more\n`).hash).not.toBe(hash)
})

describe('a refusal names file, line, column, path, what was expected and the nearest value', () => {
  test('for an unknown key', () => {
    expect(refusalFor(changed('    respondWithinMinutes: 15\n', '    respondWithinMinuts: 15\n'))).toEqual({
      code: 'bad-input',
      tried: 'Read the pack mine.yaml',
      happened: expect.stringMatching(
        /^Line 23, column 5, severities\[0\]: the key 'respondWithinMinuts' is unknown\.$/,
      ),
      next: expect.stringMatching(/^Did you mean 'respondWithinMinutes'\? Known here: id, code, name, rank/),
    })
  })

  test('for a missing key', () => {
    const refusal = refusalFor(changed('  whenUnsure: higher\n', ''))
    expect(refusal.happened).toMatch(/^Line \d+, column \d+, triage\.whenUnsure: is missing\.$/)
    expect(refusal.next).toBe('Add it. Expected: higher.')
  })

  test('for a word that is not among those allowed', () => {
    const refusal = refusalFor(changed('type: link', 'type: lnik'))
    expect(refusal.happened).toMatch(
      /phases\[0\]\.stages\[0\]\.steps\[1\]\.type: 'lnik' is not one of the words allowed/,
    )
    expect(refusal.next).toBe(
      "Did you mean 'link'? Allowed: probe, action, local-command, statement, evidence, wait, check, link, manual.",
    )
  })

  test('for a kind of call that there is not', () => {
    const refusal = refusalFor(changed('kind: container-stats', 'kind: container-stat'))
    expect(refusal.happened).toMatch(/scenarios\[0\]\.stages\[1\]\.steps\[2\]\.call\.kind/)
    expect(refusal.next).toMatch(/^Did you mean 'container-stats'\?/)
  })

  test('for a severity that the pack does not have', () => {
    const refusal = refusalFor(changed('yes: { severity: p3 }', 'yes: { severity: p9 }'))
    expect(refusal.happened).toMatch(
      /triage\.questions\[4\]\.yes\.severity: 'p9' names a severity that the pack does not have\.$/,
    )
    expect(refusal.next).toBe("Did you mean 'p1'? There are: p1, p2, p3, p4.")
  })

  test('for a key inside one of two forms', () => {
    const refusal = refusalFor(changed('yes: { lowerBy: 1 }', 'yes: { lowerby: 1 }'))
    expect(refusal.happened).toMatch(/triage\.questions\[5\]\.yes: the key 'lowerby' is unknown/)
    expect(refusal.next).toMatch(/^Did you mean 'lowerBy'\?/)
  })

  test('for a value of the wrong kind', () => {
    const refusal = refusalFor(changed('respondWithinMinutes: 15', 'respondWithinMinutes: soon'))
    expect(refusal.happened).toBe("Line 23, column 27, severities[0].respondWithinMinutes: 'soon' is not a number.")
    expect(refusal.next).toBe('Expected: a number.')
  })

  test('for a broken line', () => {
    expect(refusalFor(changed('title: Infinity OS', 'title: Infinity: OS')).happened).toMatch(
      /^Line 5, column \d+: the YAML breaks here/,
    )
  })

  test('for a key that stands twice', () => {
    expect(refusalFor(changed('title: Infinity OS\n', 'title: Infinity OS\ntitle: Other\n')).happened).toBe(
      "Line 6, column 1: the key 'title' stands twice.",
    )
  })

  test('for something that is no pack at all', () => {
    for (const text of ['', '# nothing', '42', '[]', 'null', 'a: 1', 'just words']) {
      expect(refusalFor(text).code).toBe('bad-input')
    }
  })
})
