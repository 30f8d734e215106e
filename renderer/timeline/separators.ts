import type { IncidentState } from '../../shared/incident/state.ts'
import type { Entry } from '../../shared/journal/header.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import type { Zone } from '../desk/preferences.ts'
import { phaseOf } from '../../shared/clocks/phases.ts'
import type { Phase } from '../../shared/packs/pack.ts'
import { dayOf, span } from '../words/time.ts'
import { timelineWords } from '../words/timeline.ts'

/** What begins with an entry, said on a line above it; null where nothing does. */
export interface Separators {
  readonly day: string | null
  readonly stage: string | null
}

interface Around {
  readonly state: IncidentState
  readonly pack: Pack | null
  readonly zone: Zone
  /** The day that needs no saying. */
  readonly today: string
}

/** What begins between two entries that follow each other; `before` null: the entry is the first. */
export function separatorsOf(entry: Entry, before: Entry | null, around: Around): Separators {
  const { zone, today } = around
  const day = dayOf(entry.at, zone)
  const isNewDay = before === null ? day !== today : day !== dayOf(before.at, zone)
  return { day: isNewDay ? day : null, stage: stageOf(entry, before, around) }
}

/** The day and the phase that an entry belongs to, for the line that stays at the top. */
export function placeOf(entry: Entry, { state, pack, zone }: Around): string {
  const phase = pack === null ? null : phaseAt(entry, state, pack)
  const day = dayOf(entry.at, zone)
  return phase === null || pack === null ? day : `${day} · ${phaseWords(phase, pack)}`
}

function stageOf(entry: Entry, before: Entry | null, { state, pack }: Around): string | null {
  if (before === null) return null
  const changed = changeOf(entry, state)
  const phase = pack === null ? null : phaseAt(entry, state, pack)
  const earlier = pack === null ? null : phaseAt(before, state, pack)
  const begun = phase !== null && pack !== null && phase.place !== earlier?.place ? phaseWords(phase, pack) : null
  const said = [changed, begun].filter((words) => words !== null)
  return said.length === 0 ? null : said.join(' · ')
}

/** How the incident as a whole changed with an entry; null for one that changes it in part, or not. */
function changeOf(entry: Entry, { core }: IncidentState): string | null {
  const words = timelineWords.stages
  const since = span(Math.max(0, Date.parse(entry.happened_at) - Date.parse(core.detectedAt)))
  switch (entry.kind) {
    case 'confirmed':
      return words.confirmed
    case 'responded':
      return words.responded(since)
    case 'severity-set': {
      const index = core.severities.findIndex(({ at }) => at === entry.happened_at)
      const now = core.severities[index]
      const last = core.severities[index - 1]
      return now === undefined || last === undefined ? null : words.severity(last.severity.code, now.severity.code)
    }
    case 'resolved':
      return words.ended(since)
    case 'reopened':
      return words.reopened
    default:
      return null
  }
}

interface PlacedPhase {
  readonly phase: Phase
  readonly place: number
}

/** The phase that held when an entry happened: until the end counted from detection, from then on from the end. */
function phaseAt({ happened_at }: Entry, { core }: IncidentState, pack: Pack): PlacedPhase | null {
  const hasEnded = core.resolvedAt !== null && happened_at >= core.resolvedAt
  return phaseOf(hasEnded ? core : { ...core, resolvedAt: null }, pack, Date.parse(happened_at))
}

function phaseWords({ phase, place }: PlacedPhase, pack: Pack): string {
  return timelineWords.phase(place + 1, pack.phases.length, phase.title)
}
