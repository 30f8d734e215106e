import { expect, test } from 'vitest'
import { fold } from '../../../shared/incident/fold.ts'
import { impactStatedKind } from '../../../shared/incident/entries.ts'
import { draftOf } from '../../../shared/journal/kind.ts'
import { postmortemDocument } from '../../../shared/postmortem/document.ts'
import { postmortemHtml } from '../../../shared/postmortem/html.ts'
import { postmortemMarkdown } from '../../../shared/postmortem/markdown.ts'
import { SketchedDesk } from '../incident/desks.ts'

test('a conflict that nobody has settled stands in the short form, whoever reads it', () => {
  const [ana, ben] = [new SketchedDesk('Ana'), new SketchedDesk('Ben')]
  ana.write(draftOf(impactStatedKind, { text: 'Nobody can sign in.' }))
  ben.write(draftOf(impactStatedKind, { text: 'Some cannot <b>sign in</b>.' }))
  ana.learn(ben)
  const { entries } = ana
  const document = postmortemDocument({
    ...{ state: fold('X', entries), entries, pack: null, madeAt: '2026-11-21T04:00:00.000Z', version: '0.1.0' },
    ...{ verified: null, offsetMinutes: null },
  })
  expect(document.conflicts).toHaveLength(1)
  expect(postmortemMarkdown(document)).toContain('Desks contradict each other on the impact')
  expect(postmortemHtml(document)).toContain('Some cannot &lt;b&gt;sign in')
})
