import { expect, test } from 'vitest'
import { madeAnchor } from '../../../main/anchors/made-anchor.ts'
import { qrOf } from '../../../main/anchors/qr.ts'
import { sha256 } from '../../../main/journal/sha256.ts'
import { type Anchor, anchorCode, type AnchoredHead } from '../../../shared/anchors/anchor.ts'
import { readAnchors } from '../../../shared/anchors/read-anchors.ts'
import { draw, scan } from './rendered.ts'

const head = (name: string): AnchoredHead => ({
  chain: sha256(name).slice(0, 32),
  seq: 12,
  hash: sha256(`hash ${name}`),
})
const anchorOf = (chains: number): Anchor => ({
  made: '2026-11-21T03:00:00.000Z',
  ledger: { incident: '01KAHB7Q7N8S3H9F0V6Z2M4XWD', number: null, heads: [head('ledger')] },
  incidents: [
    {
      incident: '01KAHB7Q7N8S3H9F0V6Z2M4XWC',
      number: 'INC-2026-1121-0001',
      heads: Array.from({ length: chains }, (_, index) => head(`chain ${index}`)),
    },
  ],
})

test.each([1, 5])('a code of %i chains and the ledger is read back from its pixels as the anchor', (chains) => {
  const anchor = anchorOf(chains)
  const code = qrOf(anchor)
  if (code === null) throw new Error('There is no code')
  const scanned = scan(draw(code, 4))
  expect(scanned).toBe(anchorCode(anchor))
  expect(readAnchors(scanned ?? '', 'Read')).toEqual([anchor])
})

test('the same anchor gives the same code', () => {
  expect(qrOf(anchorOf(2))).toEqual(qrOf(anchorOf(2)))
})

test('where all heads are too many for a code, it carries the head of the ledger, which remembers them', () => {
  const { text, qr } = madeAnchor(anchorOf(40))
  expect(readAnchors(text, 'Read')).toEqual([anchorOf(40)])
  if (qr === null) throw new Error('There is no code')
  expect(readAnchors(scan(draw(qr, 4)) ?? '', 'Read')).toEqual([{ ...anchorOf(40), incidents: [] }])
})
