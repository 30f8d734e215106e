import type { Section, Text, TimelineRow } from './blocks.ts'
import type { PostmortemDocument, TimelineLine } from './model.ts'
import { dateAndTime, inUtc, localTime, spellOffset } from './words.ts'

/** Every entry, in the order in which things happened. */
export function timelineSection({ timeline, header, evidence }: PostmortemDocument): Section {
  const refs = new Map(evidence.map(({ bundle, ref }) => [bundle, ref]))
  const zones =
    header.offsetMinutes === null ? 'Times are UTC.' : `Times are UTC, then ${spellOffset(header.offsetMinutes)}.`
  const order = `In the order in which things happened; the number is the order in which they were logged. ${zones}`
  return {
    id: 'timeline',
    title: 'Timeline',
    blocks: [
      { block: 'paragraph', tone: 'note', text: [order] },
      { block: 'timeline', lines: timeline.map((line) => rowOf(line, header.offsetMinutes, refs)) },
    ],
  }
}

function rowOf(line: TimelineLine, offsetMinutes: number | null, refs: ReadonlyMap<string, string>): TimelineRow {
  const links = line.evidence.flatMap((bundle): Text => {
    const ref = refs.get(bundle)
    return ref === undefined ? [] : [' ', { say: ref, to: `evidence-${ref}` }]
  })
  return {
    no: line.no,
    time: dateAndTime(line.happenedAt),
    local: offsetMinutes === null ? null : localTime(line.happenedAt, offsetMinutes),
    text: [...(line.starred ? [{ strong: '★ Starred' }, ' '] : []), line.sentence, ...links],
    notes: notesOf(line),
    by: line.actor,
  }
}

function notesOf(line: TimelineLine): Text[] {
  const corrections = line.corrections.map(
    ({ no, at, by, text }): Text => [{ strong: `Corrected by ${by} at ${inUtc(at)} (entry ${no}): ` }, text],
  )
  const aside = [
    line.apart ? `logged ${inUtc(line.loggedAt)}` : null,
    line.recordedBy === null ? null : `typed by ${line.recordedBy}`,
    line.clock,
  ].filter((said) => said !== null)
  return [...corrections, ...(aside.length === 0 ? [] : [[{ quiet: aside.join('; ') }]])]
}
