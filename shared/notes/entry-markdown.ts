import { sentenceOf } from '../incident/sentence.ts'
import type { Entry } from '../journal/header.ts'
import { escapeText } from '../postmortem/markdown.ts'
import { dateAndTime, localTime, spellOffset } from '../postmortem/words.ts'

/** What of its incident stands above copied entries. */
export interface CopiedFrom {
  readonly number: string
  readonly title: string
  readonly exercise: boolean
}

/** A second of typing is no back-dating. */
const APART_MS = 1_500

/**
 * Entries as Markdown for a ticket or a chat: when (UTC, and so far ahead of it where the reader is), who, what, and the
 * hash by which anyone finds the entry in the journal. `offsetMinutes` 0: UTC alone.
 */
export function entriesMarkdown(entries: readonly Entry[], from: CopiedFrom, offsetMinutes: number): string {
  const head = `${from.exercise ? '**EXERCISE** ' : ''}**${escapeText(from.number)}** ${escapeText(from.title)}`
  return `${[head, '', ...entries.map((entry) => itemOf(entry, offsetMinutes))].join('\n')}\n`
}

function itemOf(entry: Entry, offsetMinutes: number): string {
  const said = escapeText(sentenceOf(entry)).replaceAll('\n', '\n  ')
  const typed = entry.recorded_by.name === entry.actor.name ? '' : `, typed by ${escapeText(entry.recorded_by.name)}`
  const apart = Math.abs(Date.parse(entry.at) - Date.parse(entry.happened_at)) > APART_MS
  const later = apart ? ` (logged ${timesOf(entry.at, offsetMinutes)})` : ''
  return [
    `- **${timesOf(entry.happened_at, offsetMinutes)}**${later} ${escapeText(entry.actor.name)}${typed}: ${said}`,
    `  \`${entry.chain}#${entry.seq} sha256 ${entry.hash}\``,
  ].join('\n')
}

function timesOf(iso: string, offsetMinutes: number): string {
  const utc = `${dateAndTime(iso)} UTC`
  return offsetMinutes === 0 ? utc : `${utc}, ${localTime(iso, offsetMinutes)} ${spellOffset(offsetMinutes)}`
}
