import { expect, test } from 'vitest'
import { entriesMarkdown } from '../../../shared/notes/entry-markdown.ts'
import { notedKind } from '../../../shared/notes/entries.ts'
import { draftOf } from '../../../shared/journal/kind.ts'
import { StoryWriter, timeAt } from '../postmortem/story.ts'

const from = { number: 'INC-2026-1121-0001', title: 'Shop | down', exercise: false }

function noted(text: string, also: { happenedAt?: string } = {}) {
  return new StoryWriter().add('14:05:00', draftOf(notedKind, { text }, also))
}

test('an entry is copied with its time, its words and the hash by which it is found', () => {
  const entry = noted('Pool is full')
  expect(entriesMarkdown([entry], from, 0)).toBe(
    [
      '**INC-2026-1121-0001** Shop \\| down',
      '',
      `- **${timeAt('14:05:00').slice(0, 10)} 14:05:00 UTC** Ana Ruiz: Pool is full`,
      `  \`${entry.chain}#1 sha256 ${entry.hash}\``,
      '',
    ].join('\n'),
  )
})

test('what people typed cannot become markup, and stays in its line of the list', () => {
  const text = entriesMarkdown([noted('# *big*\n- <b>x</b> `y`')], from, 0)
  expect(text).toContain('\\# \\*big\\*\n  \\- &lt;b&gt;x&lt;/b&gt; \\`y\\`')
})

test('a reader elsewhere gets both times, and both moments where it was logged later', () => {
  const text = entriesMarkdown([noted('Pool is full', { happenedAt: timeAt('13:50:00') })], from, 120)
  expect(text).toMatch(/13:50:00 UTC, 15:50:00 UTC\+02:00\*\* \(logged .* 14:05:00 UTC, 16:05:00 UTC\+02:00\) Ana Ruiz/)
})

test('an exercise says so first', () => {
  expect(entriesMarkdown([], { ...from, exercise: true }, 0)).toMatch(/^\*\*EXERCISE\*\* /)
})
