import { expect, test } from 'vitest'
import { deriveFindings } from '../../../shared/findings/derive-findings.ts'
import { findingsMarkdown } from '../../../shared/findings/findings-markdown.ts'
import { ended, now, service, snapshot } from './snapshots.ts'

const [finding] = deriveFindings(snapshot([service('db', [], ended(5))]), now)
if (finding === undefined) throw new Error('nothing was found')
const from = { number: 'INC-1', title: 'Shop <down>', exercise: false, sweptAt: '2026-03-04T12:00:01.000Z' }

test('copied findings carry the hash of what each was read from, and nothing in them is markup', () => {
  const items = finding.evidence.map((name) => ({ name, sha256: 'a'.repeat(64) }))
  const bundle = { bundle: 'b'.repeat(64), items }
  const text = findingsMarkdown([{ ...finding, title: 'db *ended*' }], { ...from, bundle })
  expect(text).toContain('Shop &lt;down&gt;')
  expect(text).toContain('db \\*ended\\*')
  expect(text).toContain(`evidence sha256 \`${'b'.repeat(64)}\``)
  expect(text).toContain(`\`${finding.evidence[0]} sha256 ${'a'.repeat(64)}\``)
  expect(text).toContain('Next: ')
})

test('an exercise says so, and without its evidence no hash is claimed', () => {
  const text = findingsMarkdown([finding], { ...from, exercise: true, bundle: null })
  expect(text).toMatch(/^\*\*EXERCISE\*\* /)
  expect(text).not.toContain('sha256')
})
