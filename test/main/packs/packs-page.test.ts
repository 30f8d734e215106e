import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lintOverlay } from '../../../main/packs/overlay-file.ts'
import { lintPack, readPack } from '../../../main/packs/pack-file.ts'
import { type Block, blocksOf, packsPage } from '../terminal/packs-page.ts'

const { tutorial, rest } = packsPage()
const steps = blocksOf(tutorial).filter(({ language }) => language === 'yaml')
const fragments = blocksOf(rest).filter(({ language }) => language === 'yaml')

const problemsOf = (text: string) => {
  const linted = lintPack(Buffer.from(text), 'ferry-booking.yaml')
  return 'problems' in linted ? linted.problems : []
}

/** A file of the tutorial as it stands after each of its blocks. */
function standings(file: string): string[] {
  const blocks = steps.filter(({ info }) => info === file)
  return blocks.map((_, i) =>
    blocks
      .slice(0, i + 1)
      .map(({ text }) => text)
      .join(''),
  )
}

const whole = standings('ferry-booking.yaml').at(-1) ?? ''
const overlay = standings('northwind.yaml').at(-1) ?? ''
const shipped = join(import.meta.dirname, '../../../assets/packs')
const packs = readdirSync(shipped)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => readPack(readFileSync(join(shipped, name)), name).pack)

function overlayProblems(text: string) {
  const own = readPack(Buffer.from(whole), 'ferry-booking.yaml').pack
  const linted = lintOverlay(Buffer.from(text), 'northwind.yaml', [own, ...packs])
  return 'problems' in linted ? linted.problems : []
}

/** The file with the parts that a fragment names replaced by it. */
function replaced(file: string, fragment: string): string {
  const keys = new Set([...fragment.matchAll(/^(\w+):/gm)].map(([, key]) => key))
  const parts = file.split(/^(?=\w)/m).filter((part) => !keys.has(/^\w+/.exec(part)?.[0] ?? ''))
  return parts.join('') + fragment
}

describe('docs/packs.md', () => {
  it('says of every YAML block which file it belongs to', () => {
    const files = new Set([...steps, ...fragments].map(({ info }) => info))
    expect([...files].toSorted()).toEqual([
      '+ferry-booking.yaml',
      '+northwind.yaml',
      'ferry-booking.yaml',
      'mistake.yaml',
      'northwind.yaml',
    ])
  })

  it('has a pack without a problem after each step of the tutorial', () => {
    expect(standings('ferry-booking.yaml').map(problemsOf)).toEqual(standings('ferry-booking.yaml').map(() => []))
    expect(standings('northwind.yaml').map(overlayProblems)).toEqual(standings('northwind.yaml').map(() => []))
  })

  it('makes one mistake, on purpose', () => {
    expect(problemsOf(standings('mistake.yaml').at(-1) ?? '').map(({ meant }) => meant)).toEqual(['severity'])
  })

  it.each(fragments.map((block, i): [string, Block] => [`${i + 1}: ${block.text.trim().split('\n')[0]}`, block]))(
    'has a fragment that fits: %s',
    (_name, { info, text }) => {
      const problems =
        info === '+northwind.yaml' ? overlayProblems(replaced(overlay, text)) : problemsOf(replaced(whole, text))
      expect(problems).toEqual([])
    },
  )
})

const examples = join(import.meta.dirname, '../../../docs/examples')

it.each(readdirSync(examples).filter((name) => name.endsWith('-overlay.yaml')))(
  'the example %s fits the packs that ship',
  (name) => {
    expect(overlayProblems(readFileSync(join(examples, name), 'utf8'))).toEqual([])
  },
)
