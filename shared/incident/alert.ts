import { MaskCount } from '../redaction/mask-count.ts'
import { redactText } from '../redaction/text-rules.ts'
import type { Refusal } from '../refusal.ts'
import { type FoundAlert, readAlertJson } from './alert-json.ts'
import { readAlertText } from './alert-text.ts'

/** What an alert says of an incident, every word of it with its secrets masked. */
export interface Alert {
  /**
   * `alertmanager`: a notification of its webhook; `alerts`: one or several alerts of its API; `json`: JSON of another sort;
   * `prometheus`: the text of its messages or series; `text`: anything else.
   */
  readonly mode: 'alertmanager' | 'alerts' | 'json' | 'prometheus' | 'text'
  /** One line of 1 to 300 characters; null where nothing in it would be one. */
  readonly title: string | null
  /** When the first of what still fires began, ISO UTC, never later than now; null where it does not say. */
  readonly startedAt: string | null
  /** Who or what noticed; null where it does not say. */
  readonly reporter: string | null
  /** The labels that all of it shares. */
  readonly labels: Readonly<Record<string, string>>
  /** Systems that its labels name. */
  readonly systems: readonly string[]
  /** How many fire, and how many are over; both 0 where it is not told. */
  readonly firing: number
  readonly resolved: number
  /** What a person should know before they take it over, in sentences. */
  readonly remarks: readonly string[]
  /** What stands in the timeline: the text itself where it is short, else the gist of it. */
  readonly note: string
  /** The whole of it, where the note is only the gist; null else. */
  readonly whole: string | null
  /** How many secrets were masked in it. */
  readonly masked: number
}

export type ReadAlert = { readonly ok: true; readonly alert: Alert } | { readonly ok: false; readonly refusal: Refusal }

/** More is a log, not an alert. */
const CAP_BYTES = 1_048_576
/** A text of that length reads well as one entry. */
const NOTE_CHARACTERS = 2_000
const NOTE_LINES = 20
const TITLE_CHARACTERS = 300
const REPORTER_CHARACTERS = 200
const LABEL_CHARACTERS = 200
const MOST_SYSTEMS = 10
/** The zero of Go's clock, and everything else from before there was anything to watch. */
const FIRST_YEAR_MS = Date.UTC(2000, 0, 1)
const LONG_AGO_MS = 86_400_000
/** Clocks of two machines differ by that much without a word about it. */
const SKEW_MS = 5_000

/** Labels that name what is hit; see the names that Kubernetes and the exporters give. */
const systemLabels = ['service', 'app', 'application', 'component', 'system', 'deployment', 'container'] as const

/**
 * Reads a pasted alert: a notification of Alertmanager's webhook, alerts of its API, the text of a message, or any text.
 * Refuses what is empty or larger than 1 MiB; everything else is kept, at the least as text. Secrets are masked here, before
 * anything of it is shown or kept. `nowMs`: a start that lies later is not taken.
 */
export function readAlert(text: string, nowMs: number): ReadAlert {
  const tried = 'Read the alert'
  if (text.trim() === '') {
    const next = 'Copy the alert once more, then paste it here.'
    return { ok: false, refusal: { code: 'bad-input', tried, happened: 'There is nothing in it.', next } }
  }
  if (isLarger(text, CAP_BYTES)) {
    const next = 'Declare without it, then attach it as a file in the room.'
    return { ok: false, refusal: { code: 'too-large', tried, happened: 'It is larger than 1 MiB.', next } }
  }
  const found = readAlertJson(text) ?? readAlertText(text)
  return { ok: true, alert: finished(found, text, nowMs) }
}

function finished(found: FoundAlert, text: string, nowMs: number): Alert {
  const { mode, firing, resolved } = found
  const masks = new MaskCount()
  const whole = redactText(text, masks)
  // The same secrets stand in the whole: they are counted once.
  const masked = (part: string) => redactText(part, new MaskCount())
  const labels = Object.fromEntries(
    Object.entries(found.labels).map(([name, value]) => [name, clipped(oneLine(masked(value)), LABEL_CHARACTERS)]),
  )
  const { startedAt, remarks } = startOf(found, nowMs)
  const isNote = (mode === 'text' || mode === 'prometheus') && isShort(whole)
  return {
    mode,
    title: lineOrNull(found.title, TITLE_CHARACTERS, masked),
    startedAt,
    reporter: lineOrNull(found.reporter, REPORTER_CHARACTERS, masked),
    labels,
    systems: systemsOf(found).map((system) => clipped(oneLine(masked(system)), LABEL_CHARACTERS)),
    firing,
    resolved,
    remarks: [...found.remarks, ...(firing === 0 && resolved > 0 ? ['All of it is over already.'] : []), ...remarks],
    note: isNote ? whole.trim() : clipped(masked(found.gist), NOTE_CHARACTERS),
    whole: isNote ? null : whole,
    masked: masks.list().reduce((sum, { count }) => sum + count, 0),
  }
}

/** The earliest start that may be true, and what is to be said of it. */
function startOf({ starts }: FoundAlert, nowMs: number): { startedAt: string | null; remarks: string[] } {
  const times = starts.filter((ms) => !Number.isNaN(ms) && ms >= FIRST_YEAR_MS).toSorted((a, b) => a - b)
  const [first] = times
  if (first === undefined) return { startedAt: null, remarks: [] }
  if (first > nowMs) {
    const startedAt = first - nowMs <= SKEW_MS ? new Date(nowMs).toISOString() : null
    const said = `It says that it began at ${new Date(first).toISOString()}, which lies ahead of this machine's clock: not taken.`
    return { startedAt, remarks: startedAt === null ? [said] : [] }
  }
  const days = Math.floor((nowMs - first) / 86_400_000)
  const old = `It began ${days === 1 ? 'a day' : `${days} days`} ago. Say when it was noticed, if that was later.`
  return { startedAt: new Date(first).toISOString(), remarks: nowMs - first > LONG_AGO_MS ? [old] : [] }
}

function systemsOf({ alerts, labels }: FoundAlert): string[] {
  const all = [labels, ...alerts.map((alert) => alert.labels)]
  const named = all.flatMap((one) =>
    systemLabels.flatMap((label) => (Object.hasOwn(one, label) ? [one[label] ?? ''] : [])),
  )
  return [...new Set(named.filter((name) => name.trim() !== ''))].slice(0, MOST_SYSTEMS)
}

function lineOrNull(text: string | null, characters: number, masked: (part: string) => string): string | null {
  const line = clipped(oneLine(masked(text ?? '')), characters)
  return line === '' ? null : line
}

/** Control characters and Unicode's marks of direction, which could make a line say another thing than it shows. */
const unseen = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/g

function oneLine(text: string): string {
  return text.replaceAll(unseen, ' ').replaceAll(/ {2,}/g, ' ').trim()
}

/** No longer than that, and never half a character. */
function clipped(text: string, characters: number): string {
  if (text.length <= characters) return text
  return `${text.slice(0, characters - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

function isShort(text: string): boolean {
  return text.length <= NOTE_CHARACTERS && text.split('\n', NOTE_LINES + 1).length <= NOTE_LINES
}

/** Whether its UTF-8 is larger than that. */
function isLarger(text: string, bytes: number): boolean {
  if (text.length * 3 <= bytes) return false
  if (text.length > bytes) return true
  let size = 0
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    size += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  }
  return size > bytes
}
