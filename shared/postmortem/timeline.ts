import type { KnownEntry } from '../incident/kinds.ts'
import { sentenceOf } from '../incident/sentence.ts'
import type { ClockMark } from '../journal/header.ts'
import type { Erasures } from '../erasure/entries.ts'
import type { Stars } from '../notes/entries.ts'
import type { Erasure, TimelineLine } from './model.ts'
import type { Told } from './told.ts'
import { sentence, timeOf } from './words.ts'

const APART_MS = 1_000

/** Every entry as a line, in the order in which things happened; what happened at once stands as it was logged. */
export function timelineOf(told: readonly Told[], erasures: Erasures, stars: Stars): TimelineLine[] {
  const noOf = new Map(told.map(({ no, entry }) => [entry.hash, no]))
  const corrections = correctionsOf(told)
  const starred = new Set(stars)
  return told
    .map((one) => lineOf(one, { noOf, corrections, erasures, stars: starred }))
    .toSorted((a, b) => compareText(a.happenedAt, b.happenedAt) || a.no - b.no)
}

type Corrections = ReadonlyMap<string, TimelineLine['corrections']>

interface Around {
  readonly noOf: ReadonlyMap<string, number>
  readonly corrections: Corrections
  readonly erasures: Erasures
  readonly stars: ReadonlySet<string>
}

/** That the text of an entry, or the bytes of evidence, were erased; null where they stand. */
export function erasureOf(target: string, { noOf, erasures }: Pick<Around, 'noOf' | 'erasures'>): Erasure | null {
  const found = erasures[target]
  if (found === undefined) return null
  const { entry, at, by, approver, reason } = found
  return { no: noOf.get(entry) ?? null, at, by, approver, reason }
}

function lineOf({ no, entry, known }: Told, around: Around): TimelineLine {
  const { noOf, corrections } = around
  const corrects = known?.kind === 'corrected' ? (noOf.get(known.body.entry) ?? null) : null
  const erased = entry.body === null ? erasureOf(entry.hash, around) : null
  return {
    no,
    happenedAt: entry.happened_at,
    loggedAt: entry.at,
    apart: Math.abs((timeOf(entry.at) ?? 0) - (timeOf(entry.happened_at) ?? 0)) >= APART_MS,
    kind: entry.kind,
    read: known !== null,
    actor: entry.actor.name,
    recordedBy: entry.recorded_by.name === entry.actor.name ? null : entry.recorded_by.name,
    sentence: erased === null ? (sentenceIn(known, noOf) ?? sentenceOf(entry)) : erasedSentence(erased),
    starred: around.stars.has(entry.hash),
    corrections: corrections.get(entry.hash) ?? [],
    erased,
    corrects,
    evidence: known === null ? [] : evidenceOf(known),
    clock: spellClock(entry.clock),
    hash: entry.hash,
  }
}

/** Inside the document an entry is named by its number, which a reader can find. */
function sentenceIn(known: KnownEntry | null, noOf: ReadonlyMap<string, number>): string | null {
  if (known?.kind !== 'corrected' && known?.kind !== 'starred' && known?.kind !== 'erased') return null
  const no = noOf.get(known.body.entry ?? '')
  if (no === undefined) return null
  return sentenceOf(known).replace(
    /^([A-Z][a-z ]*?)the entry [0-9a-f]+…?/u,
    (_all, verb: string) => `${verb}entry ${no}`,
  )
}

function erasedSentence({ no, reason, approver }: Erasure): string {
  return sentence(`Erased${no === null ? '' : ` by entry ${no}`}, approved by ${approver}: ${reason}`)
}

function correctionsOf(told: readonly Told[]): Corrections {
  const corrections = new Map<string, TimelineLine['corrections']>()
  for (const { no, known } of told) {
    if (known?.kind !== 'corrected') continue
    const { entry, text } = known.body
    const line = { no, at: known.at, by: known.actor.name, text }
    corrections.set(entry, [...(corrections.get(entry) ?? []), line])
  }
  return corrections
}

function evidenceOf(entry: KnownEntry): string[] {
  switch (entry.kind) {
    case 'evidence-kept':
    case 'evidence-checked':
    case 'evidence-released':
    case 'swept':
      return [entry.body.bundle]
    default:
      return []
  }
}

/** Null for a clock that nobody doubts. */
function spellClock({ mark, by_ms, skew_ms }: ClockMark): string | null {
  const said: string[] = []
  if (mark === 'stepped') {
    const way = by_ms === null ? '' : ` ${by_ms < 0 ? 'back' : 'forward'} by ${Math.abs(by_ms) / 1000} s`
    said.push(`the clock of this desk was set${way} before this entry`)
  }
  if (skew_ms !== null && Math.abs(skew_ms) >= APART_MS) {
    said.push(`this desk's clock was about ${Math.abs(skew_ms) / 1000} s ${skew_ms < 0 ? 'slow' : 'fast'}`)
  }
  return said.length === 0 ? null : said.join('; ')
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
