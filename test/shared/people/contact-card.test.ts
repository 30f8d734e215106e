import fc from 'fast-check'
import { expect, it } from 'vitest'
import { applyOverlay } from '../../../shared/packs/overlay.ts'
import { type CardFacts, cardPanels } from '../../../shared/people/card-panels.ts'
import { contactCard } from '../../../shared/people/contact-card.ts'
import type { Contact } from '../../../shared/people/contact.ts'
import { richPack } from '../clocks/rich-pack.ts'

function contact(index: number, parts: Partial<Contact> = {}): Contact {
  return {
    id: `01KBZ00000000000000000${String(index).padStart(4, '0')}`,
    name: `Person ${index}`,
    role: '',
    organisation: 'Shop',
    means: [{ kind: 'phone', address: `+49 170 555 ${String(index).padStart(4, '0')}`, label: '' }],
    timeZone: null,
    onCall: '',
    contract: '',
    note: 'a note stays in the vault',
    confirmedAt: '2026-11-01T00:00:00.000Z',
    ...parts,
  }
}

function facts(contacts: readonly Contact[]): CardFacts {
  return {
    effective: applyOverlay(richPack(), null),
    packHash: 'a'.repeat(64),
    overlayHash: null,
    contacts,
    madeAt: '2026-11-21T15:00:00.000Z',
    version: '0.1.0',
  }
}

const size = { columns: 43, lines: 25 }
const texts = (known: CardFacts) =>
  cardPanels(known, size)
    .flat()
    .map(({ text }) => text)

it('holds roles with names and numbers, vendors with their contract, the order for each severity, and its age', () => {
  const vendor = contact(2, { name: 'Cloud desk', contract: 'C-4711' })
  const said = texts(facts([contact(1, { role: 'lead' }), vendor]))
  expect(said).toContain('Made 2026-11-21 15:00 UTC')
  expect(said).toContain('phone +49 170 555 0001')
  expect(said).toContain('contract C-4711')
  expect(said.indexOf('lead')).toBeLessThan(said.indexOf('Person 1'))
  expect(said.join('\n')).toMatch(/SEV1|sev1/i)
  expect(said.join('\n')).not.toContain('a note stays in the vault')
})

it('says where no name is known, with room to write one', () => {
  expect(texts(facts([]))).toContain('name unknown: ____________________')
})

it('leaves out no number, and fills no panel beyond its lines', () => {
  const anyContacts = fc.array(
    fc.record({ name: fc.string({ minLength: 1, maxLength: 200 }), contract: fc.string({ maxLength: 200 }) }),
    {
      maxLength: 60,
    },
  )
  fc.assert(
    fc.property(anyContacts, (list) => {
      const contacts = list.map((parts, index) => contact(index, parts))
      const panels = cardPanels(facts(contacts), size)
      const all = panels.flat().map(({ text }) => text)
      for (const { means } of contacts) expect(all).toContain(`phone ${means[0]?.address}`)
      for (const panel of panels) {
        const rows = panel.reduce((sum, { text }) => sum + Math.max(1, Math.ceil(text.length / size.columns)), 0)
        expect(rows).toBeLessThanOrEqual(size.lines)
      }
    }),
    { numRuns: 50 },
  )
})

it('is one page without scripts or links, with marks to cut, for both papers', () => {
  for (const [paper, width] of [
    ['a4', '297mm'],
    ['letter', '279.4mm'],
  ] as const) {
    const html = contactCard(facts([contact(1, { name: '<script>alert(1)</script>' })]), paper)
    expect(html).toContain(`@page { size: ${width}`)
    expect(html).not.toContain('<script')
    expect(html.match(/class="cut h"/g)?.length).toBeGreaterThanOrEqual(5)
  }
})
