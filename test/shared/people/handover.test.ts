import { describe, expect, test } from 'vitest'
import { fold } from '../../../shared/incident/fold.ts'
import { draftOf } from '../../../shared/journal/kind.ts'
import {
  commandReleasedKind,
  commandTakenKind,
  emptyHandovers,
  handoverAcceptedKind,
  handoverOfferedKind,
  handoverWithdrawnKind,
  type Handovers,
  looksOn,
  openOffer,
} from '../../../shared/people/handover.ts'
import { chainOf } from '../incident/story.ts'

const offer = draftOf(handoverOfferedKind, {
  to: 'Ben',
  where: 'other-desk',
  objectives: [],
  hazards: [],
  brief: '# Brief',
})
const offered = chainOf([offer])[0]?.hash ?? ''
const after = (...drafts: Parameters<typeof chainOf>[0]) =>
  fold('01KAHB7Q7N8S3H9F0V6Z2M4XWC', chainOf([offer, ...drafts])).handovers
const words = 'abandon zoo able about above absent'
const withdrawn = draftOf(handoverWithdrawnKind, { offer: offered, reason: 'Ana stays.' })
const released = draftOf(commandReleasedKind, { offer: offered, words })
const accepted = draftOf(handoverAcceptedKind, { offer: offered, words })
const taken = draftOf(commandTakenKind, { reason: 'Nobody answers there.' })

describe('an offer of command', () => {
  test('stands until it is withdrawn, accepted, released or overtaken', () => {
    expect(openOffer(after())?.to).toBe('Ben')
    expect(openOffer(after(withdrawn))).toBeNull()
    expect(openOffer(after(accepted))).toBeNull()
    expect(openOffer(after(released))).toBeNull()
    expect(openOffer(after(taken))).toBeNull()
  })

  test('that was accepted elsewhere meanwhile counts as accepted, whichever is folded first', () => {
    for (const handovers of [after(withdrawn, accepted), after(accepted, withdrawn)]) {
      expect(handovers.offers.map(({ is }) => is)).toEqual(['accepted'])
      expect(handovers.desk).toMatchObject({ chain: expect.any(String), to: 'Ana Ruiz' })
    }
  })

  test('that was accepted keeps its desk when the release comes after it', () => {
    expect(after(released).desk).toMatchObject({ chain: null, to: 'Ben' })
    expect(after(accepted, released).desk?.chain).toBe('0123456789abcdef0123456789abcdef')
    expect(after(released, accepted).desk?.chain).toBe('0123456789abcdef0123456789abcdef')
  })

  test('gives command to nobody who took it before', () => {
    expect(after(taken, released).desk).toMatchObject({ offer: null, to: 'Ana Ruiz' })
  })
})

describe('a desk looks on', () => {
  const old = 'a'.repeat(32)
  const other = 'b'.repeat(32)
  const at = '2026-11-21T14:00:00.000Z'
  const desk = (chain: string | null): Handovers => ({
    offers: [],
    desk: { chain, from: old, since: at, to: 'Ben', offer: 'f'.repeat(64) },
  })
  const knows = (...elsewhere: string[]) => ({
    declared: old,
    isFromElsewhere: (chain: string) => elsewhere.includes(chain),
  })

  test('when it only imported the incident', () => {
    expect(looksOn(emptyHandovers, knows(old))).toBe(true)
    expect(looksOn(emptyHandovers, knows())).toBe(false)
  })

  test('when it released command, and when it knows who accepted', () => {
    expect(looksOn(desk(null), knows())).toBe(true)
    expect(looksOn(desk(other), knows(other))).toBe(true)
  })

  test('never when it accepted, nor as a restored or copied folder of the desk that did', () => {
    expect(looksOn(desk(other), knows(old))).toBe(false)
    expect(looksOn(desk(other), knows())).toBe(false)
  })

  test('never when nobody knows where the incident came from', () => {
    expect(looksOn(emptyHandovers, { declared: null, isFromElsewhere: () => true })).toBe(false)
  })
})

describe('of what was erased', () => {
  const id = '01KAHB7Q7N8S3H9F0V6Z2M4XWC'
  const without = (erased: string, ...drafts: Parameters<typeof chainOf>[0]) =>
    fold(
      id,
      chainOf([offer, ...drafts]).map((entry) => (entry.kind === erased ? { ...entry, body: null } : entry)),
    ).handovers

  test('an offer whose brief went leaves command where it was accepted, or given away', () => {
    expect(without('handover-offered', accepted).desk).toMatchObject({ chain: expect.any(String), to: 'Ana Ruiz' })
    expect(without('handover-offered', released).desk).toMatchObject({ chain: null })
    expect(without('handover-offered', accepted, released).desk).toEqual(without('handover-offered', accepted).desk)
    expect(openOffer(without('handover-offered'))).toBeNull()
  })

  test('command that was taken stays taken, whatever became of the reason', () => {
    expect(without('command-taken', taken).desk).toEqual(after(taken).desk)
  })
})
