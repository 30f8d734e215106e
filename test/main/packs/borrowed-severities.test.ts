import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import { borrowedProblem, borrowedRefusals } from '../../../main/packs/borrowed-severities.ts'
import { type LoadedPack, readPack } from '../../../main/packs/pack-file.ts'
import { PackShelf } from '../../../main/packs/pack-shelf.ts'

const shipped = join(import.meta.dirname, '../../../assets/packs')
const bytesOf = (text: string) => new TextEncoder().encode(text)
const textOf = (id: string) => readFileSync(join(shipped, `${id}.yaml`), 'utf8')
const incident = textOf('xorb-incident')
const operations = textOf('xorb-operations')

function changed(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`the pack does not hold ${from}`)
  return text.replace(from, () => to)
}

const load = (text: string, file: string): LoadedPack => readPack(bytesOf(text), file)
const lender = load(incident, 'xorb-incident.yaml')
const borrower = (from: string, to: string) => load(changed(operations, from, to), 'mine.yaml')

describe('a pack with borrowed severities', () => {
  it('is sound where its levels are those of the pack they come from', () => {
    expect(borrowedProblem(load(operations, 'xorb-operations.yaml'), [lender])).toBeNull()
  })

  test.each([
    ['name: High', 'name: Major', 'severities[1].name', "is 'Major' here and 'High' in xorb-incident"],
    ['code: P3', 'code: P4', 'severities[3].code', "is 'P4' here and 'P3' in xorb-incident"],
    [
      '    rank: 4\n',
      '    rank: 4\n    colour: grey\n',
      'severities[3].colour',
      "is 'grey' here and left out in xorb-incident",
    ],
    [
      '    rank: 2\n',
      '    rank: 2\n    respondWithinMinutes: 30\n',
      'severities[1].respondWithinMinutes',
      'is 30 here and left out in xorb-incident',
    ],
    [
      '      - [unhealthy]\n',
      '',
      'severities[2].suggestedBy',
      'is [["service-down"],["restart-loop"],["not-startable"]] here and ' +
        '[["service-down"],["restart-loop"],["not-startable"],["unhealthy"]] in xorb-incident',
    ],
  ])('is told where they differ: %j → %j', (from, to, path, happened) => {
    const problem = borrowedProblem(borrower(from, to), [lender])
    expect(problem).toMatchObject({ path, happened })
    expect(problem?.next).toBe("Write the severities as 'xorb-incident' does, or remove `severitiesOf`.")
  })

  it('is told of a level that is missing, and at which line', () => {
    const text = operations.replace(/ {2}- id: p3\n(?: {4}.*\n)+/, '')
    const problem = borrowedProblem(load(text, 'mine.yaml'), [lender])
    expect(problem).toMatchObject({
      path: 'severities',
      happened: "is 'p0, p1, p2' here and 'p0, p1, p2, p3' in xorb-incident",
    })
    expect(text.split('\n')[(problem?.line ?? 0) - 2]).toBe('severities:')
  })

  it('may cover other requirements than its lender', () => {
    const covering = borrower('    rank: 1\n', '    rank: 1\n    covers: [MINE-1]\n')
    expect(borrowedProblem(covering, [lender])).toBeNull()
  })

  it('travels alone, and nothing is asked of a pack that borrows none', () => {
    const alone = borrower('name: High', 'name: Major')
    expect(borrowedProblem(alone, [])).toBeNull()
    expect(borrowedProblem(alone, [alone])).toBeNull()
    expect(borrowedRefusals([lender])).toEqual([])
  })

  it('is named in a refusal when several packs are loaded', () => {
    const other = borrower('name: High', 'name: Major')
    expect(borrowedRefusals([lender, other])).toEqual([
      {
        code: 'bad-input',
        tried: 'Read the pack mine.yaml',
        happened: expect.stringMatching(
          /^Line \d+, column 11, severities\[1\]\.name: is 'Major' here and 'High' in xorb-incident\.$/,
        ),
        next: "Write the severities as 'xorb-incident' does, or remove `severitiesOf`.",
      },
    ])
  })
})

describe('on a shelf', () => {
  let folder = ''
  let shelf: PackShelf

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'muster-borrowed-'))
    shelf = await PackShelf.open(shipped, folder)
  })

  afterEach(() => {
    rmSync(folder, { recursive: true })
  })

  const own = (text: string, id: string) => changed(text, /^id: .*$/m.exec(text)?.[0] ?? '', `id: ${id}`)

  it('the shipped packs agree', () => {
    expect(shelf.refused).toEqual([])
  })

  it('a pack that differs is told of when it is linted, and not imported', async () => {
    const mine = bytesOf(changed(own(operations, 'mine'), 'name: High', 'name: Major'))
    const { pack, problems } = await shelf.lint(mine, 'mine.yaml')
    expect(pack).toBeNull()
    expect(problems.map(({ path }) => path)).toEqual(['severities[1].name'])
    await expect(shelf.import(mine, 'mine.yaml')).rejects.toMatchObject({
      refusal: { code: 'bad-input', happened: expect.stringContaining("is 'Major' here and 'High' in xorb-incident") },
    })
  })

  it('a pack whose lender changes stays, and is told of', async () => {
    const mine = changed(own(operations, 'mine'), 'severitiesOf: xorb-incident', 'severitiesOf: ours')
    await shelf.import(bytesOf(own(incident, 'ours')), 'ours.yaml')
    await shelf.import(bytesOf(mine), 'mine.yaml')
    expect(shelf.refused).toEqual([])
    await shelf.import(bytesOf(changed(own(incident, 'ours'), 'name: High', 'name: Major')), 'ours.yaml')
    const again = await PackShelf.open(shipped, folder)
    for (const { packs, refused } of [shelf, again]) {
      expect(packs.map(({ pack }) => pack.id)).toEqual(expect.arrayContaining(['mine', 'ours']))
      expect(refused).toMatchObject([{ tried: 'Read the pack mine.yaml', happened: expect.stringContaining('ours') }])
    }
  })
})
