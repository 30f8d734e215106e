import type { Erasures } from '../../shared/erasure/entries.ts'
import { type KnownEntry, readEntry } from '../../shared/incident/kinds.ts'
import type { Entry } from '../../shared/journal/header.ts'
import type { Zone } from '../desk/preferences.ts'
import { evidenceSentence } from './evidence-entries.ts'
import { responseSentence } from './response-entries.ts'
import { roomSentence } from './room-entries.ts'
import { type Piece, plain, type Sentence, turning } from './sentence.ts'
import { severityShape } from './severity.ts'
import { bytes, count, shortHash, shortTime, span } from './time.ts'

const roleNames = {
  commander: 'commander',
  deputy: 'deputy',
  scribe: 'scribe',
  communications: 'in charge of communications',
} as const

/**
 * The sentence for any entry: known kinds in their own words, the rest shown for what they are. `erasure`: who erased its
 * text, where the incident's state knows.
 */
export function sentenceOf(entry: Entry, zone: Zone, erasure: Erasures[string] | null = null): Sentence {
  const known = readEntry(entry)
  if (known !== null) return knownSentence(known, zone)
  if (entry.body === null && erasure !== null) {
    const by = { entry: erasure.entry, say: `#${erasure.seq}` }
    return plain(
      '▧',
      'Erased',
      ['Erased by ', by, `: ${erasure.reason}`],
      [`approved by ${erasure.approver} · ${entry.kind}`],
    )
  }
  if (entry.body === null) {
    return plain('▧', 'Erased', ['The text of this entry was erased; its place in the chain stands.'], [entry.kind])
  }
  return plain('?', 'Unknown kind', [
    'An entry that this Muster cannot read: ',
    { mono: `${entry.kind} ${entry.version}` },
    '. It is kept as it stands.',
  ])
}

function knownSentence(entry: KnownEntry, zone: Zone): Sentence {
  switch (entry.kind) {
    case 'declared':
      return turning(
        '⚑',
        'Declared',
        [entry.body.unconfirmed ? 'Opened, not confirmed yet: ' : 'Declared: ', { strong: entry.body.title }],
        [
          packWords(entry.body),
          ` · detected ${shortTime(entry.body.detected_at, Date.parse(entry.at), zone)}${earlier(entry.body.detected_at, entry.at)}`,
          entry.body.reported_by === undefined ? '' : ` by ${entry.body.reported_by}`,
        ],
      )
    case 'pack-pinned':
      return plain('▣', 'Runbook', ['The runbook is kept with the incident'], [{ mono: shortHash(entry.body.hash) }])
    case 'overlay-pinned':
      return plain('▣', 'Overlay', ['The overlay is kept with the incident'], [{ mono: shortHash(entry.body.hash) }])
    case 'confirmed':
      return turning('✓', 'Confirmed', [{ strong: 'Confirmed:' }, ' this is an incident'])
    case 'severity-set':
      return turning(
        severityShape(entry.body.severity.rank),
        'Severity',
        [
          'Severity ',
          { strong: `${entry.body.severity.code} ${entry.body.severity.name}` },
          entry.body.assumed ? ', assumed' : '',
        ],
        [entry.body.reason],
      )
    case 'impact-stated':
      return plain('◎', 'Impact', [{ strong: 'Impact: ' }, entry.body.text])
    case 'resolved':
      return turning('■', 'Ended', [
        { strong: entry.body.outcome === 'resolved' ? 'Resolved' : 'Ended as a false alarm' },
        entry.body.summary === '' ? '' : `: ${entry.body.summary}`,
      ])
    case 'reopened':
      return turning('↺', 'Reopened', [{ strong: 'Reopened: ' }, entry.body.reason])
    case 'noted':
      return plain('✎', 'Note', [entry.body.text])
    case 'corrected':
      return plain('✐', 'Correction', ['Corrected ', { entry: entry.body.entry, say: null }, ': ', entry.body.text])
    case 'starred':
      return plain(entry.body.on ? '★' : '☆', 'Star', [
        entry.body.on ? 'Starred ' : 'Took the star off ',
        { entry: entry.body.entry, say: null },
      ])
    case 'task-given':
      return plain(
        '☐',
        'Task',
        ['Task for ', { strong: entry.body.owner }, ': ', entry.body.text],
        entry.body.minutes === null ? [] : [count(entry.body.minutes, 'minute')],
      )
    case 'severity-explained':
    case 'task-extended':
    case 'task-ended':
    case 'decided':
    case 'linked':
    case 'phase-entered':
    case 'team-set':
    case 'handover-offered':
    case 'handover-accepted':
    case 'handover-withdrawn':
    case 'command-released':
    case 'command-taken':
    case 'finding-waived':
    case 'waiver-ended':
      return roomSentence(entry, zone)
    case 'update-given':
      return plain('✉', 'Update', [{ strong: 'Update given: ' }, entry.body.text])
    case 'checked': {
      const { list, item, value, done, note } = entry.body
      const what = value === null ? item.title : `${item.title} · ${value}`
      return plain(
        done ? '☑' : '☐',
        'Checklist',
        [{ strong: done ? 'Ticked: ' : 'Took the tick off: ' }, what, note === null ? '' : `: ${note}`],
        [list.title],
      )
    }
    case 'erased':
      return turning(
        '▧',
        'Erased',
        entry.body.entry === null
          ? [{ strong: 'Erased evidence' }, `: ${entry.body.reason}`]
          : [{ strong: 'Erased the text' }, ' of ', { entry: entry.body.entry, say: null }, `: ${entry.body.reason}`],
        [`approved by ${entry.body.approver.name}`, ...erasedBundle(entry.body.bundle)],
      )
    case 'role-taken':
      return plain('⇄', 'Role', roleWords(entry.body.role, entry.body.person?.name ?? null))
    case 'responded':
      return plain('⚐', 'Response', ['Somebody is on it: the response clock has stopped'])
    case 'alarm-given':
    case 'classified':
    case 'related':
    case 'called':
    case 'notified':
    case 'clock-paused':
    case 'clock-resumed':
    case 'clock-snoozed':
    case 'clock-met':
    case 'duty-held':
      return responseSentence(entry, zone)
    case 'evidence-kept':
    case 'evidence-checked':
    case 'evidence-released':
    case 'swept':
      return evidenceSentence(entry)
    case 'exported':
      return plain(
        '⇪',
        'Export',
        [`Exported as ${entry.body.format.toUpperCase()}: `, { mono: entry.body.name }],
        [`${bytes(entry.body.size)} · `, { mono: shortHash(entry.body.sha256) }],
      )
  }
}

function erasedBundle(bundle: string | null): Piece[] {
  return bundle === null ? [] : [' · ', { mono: shortHash(bundle) }]
}

function roleWords(role: keyof typeof roleNames, name: string | null): Piece[] {
  if (name === null) return [`Nobody is ${roleNames[role]} any more`]
  return role === 'commander' ? [{ strong: name }, ' took command'] : [{ strong: name }, ` is ${roleNames[role]}`]
}

/** How long before it was declared; nothing within a minute. */
function earlier(detectedAt: string, declaredAt: string): string {
  const ms = Date.parse(declaredAt) - Date.parse(detectedAt)
  return ms < 60_000 ? '' : `, ${span(ms)} before it was declared`
}

function packWords({ pack, overlay }: Extract<KnownEntry, { kind: 'declared' }>['body']): string {
  return overlay === undefined ? pack.title : `${pack.title} · ${overlay.title}`
}
