import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Block, blocksOf, packsPage } from './packs-page.ts'
import { muster, type Said } from './muster.ts'

let folder = ''
const said: { readonly line: string; readonly answer: Said }[] = []

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-tutorial-'))
})

afterAll(() => rmSync(folder, { recursive: true }))

/** The words of a command line as a shell would pass them on: quotes hold words together. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}

async function follow(block: Block, written: Set<string>): Promise<void> {
  if (block.language !== 'sh') {
    const path = join(folder, block.info)
    // The first block of a file is its page left blank; what follows is appended.
    if (written.has(block.info)) appendFileSync(path, block.text)
    else writeFileSync(path, block.text)
    written.add(block.info)
    return
  }
  for (const line of block.text.trim().split('\n')) {
    const [program, ...args] = wordsOf(line)
    expect(program).toBe('muster')
    const answer = await muster([...args, '--data', join(folder, 'data'), '--as', 'Ines Moreau'], {}, { cwd: folder })
    expect([
      line,
      answer.exit,
      answer.exit === (block.info === 'fails' ? 1 : 0) ? '' : answer.err + answer.out,
    ]).toEqual([line, block.info === 'fails' ? 1 : 0, ''])
    said.push({ line, answer })
  }
}

const saidBy = (line: string) => said.find((one) => one.line === line)?.answer.out ?? ''

test('whoever follows the page in an empty folder gets from a blank page to a post-mortem', async () => {
  const written = new Set<string>()
  const { tutorial } = packsPage()
  for (const block of blocksOf(tutorial)) await follow(block, written)
  expect(saidBy('muster packs lint mistake.yaml')).toContain("Did you mean 'severity'?")
  const ready = said.filter(({ line }) => line === 'muster ready ferry-booking').map(({ answer }) => answer.out)
  expect(ready[0]).toContain('Nobody is named to approve')
  expect(ready[1]).not.toContain('Nobody is named to approve')
  expect(ready[1]).toMatch(/never\s+outage/)
  expect(ready[2]).toMatch(/fine\s+outage/)
  expect(saidBy('muster draft 0002 to-the-quay --set state=down')).toContain('Subject: Booking INC-')
  expect(saidBy('muster draft 0002 to-the-quay --set state=slow')).toContain('- Restart the service')
  expect(saidBy('muster who 0002')).toContain('Head of operations: Tom Bauer, phone')
  const review = readFileSync(join(folder, 'review.md'), 'utf8')
  expect(review).toContain('Ferry booking 0.1.0')
  expect(review).toContain('Northwind Ferries')
  expect(review).toContain('connection pool was exhausted')
}, 900_000)
