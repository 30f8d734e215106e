import type { Erasures } from '../../shared/erasure/entries.ts'
import { type KnownEntry, readEntry } from '../../shared/incident/kinds.ts'
import type { Entry } from '../../shared/journal/header.ts'
import type { Zone } from '../desk/preferences.ts'
import { bytes, count, minuteOfDay, shortHash, shortTime, span } from './time.ts'

/**
 * A piece of a sentence: plain, strong, set in the mono face (ids, times, commands), or another entry by its hash, said
 * as `say` or, where that is null, by its number and first words.
 */
export type Piece =
  | string
  | { readonly strong: string }
  | { readonly mono: string }
  | { readonly entry: string; readonly say: string | null }

/** One entry as the timeline says it. */
export interface Sentence {
  /** A shape that tells the kind apart; the words say it too. */
  readonly icon: string
  /** The kind in a word, for those who do not see the shape. */
  readonly kind: string
  readonly said: readonly Piece[]
  /** What matters less: said after it, smaller. */
  readonly sub: readonly Piece[]
  /** An entry that the story turns on is set apart. */
  readonly turning: boolean
}

const roleNames = {
  commander: 'commander',
  deputy: 'deputy',
  scribe: 'scribe',
  communications: 'in charge of communications',
} as const

/** The pieces as plain text. */
export function plainWords(pieces: readonly Piece[]): string {
  return pieces
    .map((piece) => {
      if (typeof piece === 'string') return piece
      if ('strong' in piece) return piece.strong
      return 'mono' in piece ? piece.mono : (piece.say ?? 'another entry')
    })
    .join('')
}

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
      return alarmSentence(entry.body, zone)
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
      return keptSentence(entry.body)
    case 'evidence-checked':
      return checkedSentence(entry.body.result, entry.body.bundle, entry.body.because)
    case 'evidence-released': {
      const { item, to, because, result, sha256 } = entry.body
      const doubt = result === 'match' ? '' : ' · its bytes do NOT match those that were kept'
      return turning(
        '⇥',
        'Evidence given',
        ['Evidence given to ', { strong: to }, ': ', { mono: item }],
        [`${because}${doubt} · `, { mono: shortHash(sha256) }],
      )
    }
    case 'swept':
      return sweptSentence(entry.body.findings)
    case 'exported':
      return plain(
        '⇪',
        'Export',
        [`Exported as ${entry.body.format.toUpperCase()}: `, { mono: entry.body.name }],
        [`${bytes(entry.body.size)} · `, { mono: shortHash(entry.body.sha256) }],
      )
  }
}

type ResponseKind =
  | 'classified'
  | 'related'
  | 'called'
  | 'notified'
  | 'clock-paused'
  | 'clock-resumed'
  | 'clock-snoozed'
  | 'clock-met'
  | 'duty-held'

/** What was said of people, clocks and duties while the response runs. */
function responseSentence(entry: Extract<KnownEntry, { kind: ResponseKind }>, zone: Zone): Sentence {
  switch (entry.kind) {
    case 'classified': {
      const { types, priority, systems } = entry.body
      const said = types.length === 0 ? 'no type' : types.map(({ title }) => title).join(', ')
      const order = priority === null ? [] : [`priority ${priority.code} ${priority.title}`]
      const hit = systems.length === 0 ? [] : [`affected: ${systems.join(', ')}`]
      return plain('▦', 'Classified', [{ strong: 'Classified: ' }, said], [[...order, ...hit].join(' · ')])
    }
    case 'related': {
      const { how, number } = entry.body
      const said = how === null ? 'Has nothing to do with ' : relationWords[how]
      return plain('≈', 'Related', [said, { mono: number }, how === null ? ' after all' : ''])
    }
    case 'called': {
      const { role, person, means, result, note } = entry.body
      const whom = person === null ? role.title : `${role.title}, ${person.name}`
      return plain('☎', 'Call', ['Called ', { strong: whom }, `: ${callWords[result]}`], [means, ...noteOf(note)])
    }
    case 'notified': {
      const { notification, to, means, result, note } = entry.body
      return plain(
        '✆',
        'Notification',
        [toldWords[result], { strong: to }],
        [notification.title, ...(means === null ? [] : [` · ${means}`]), ...noteOf(note)],
      )
    }
    case 'clock-paused':
      return turning('◫', 'Pause', [{ strong: entry.body.clock.title }, ' stands still'], [entry.body.reason])
    case 'clock-resumed':
      return plain('▷', 'Pause', [{ strong: entry.body.clock.title }, ' runs on'], [entry.body.reason])
    case 'clock-snoozed': {
      const { clock, until, reason } = entry.body
      return plain('☾', 'Snooze', [{ strong: clock.title }, ` rings again at ${minuteOfDay(until, zone)}`], [reason])
    }
    case 'clock-met':
      return plain('✓', 'Done', ['Done: ', { strong: entry.body.clock.title }], noteOf(entry.body.note).slice(1))
    case 'duty-held': {
      const { regulatory, holds, since, reason } = entry.body
      const said = holds ? ` holds since ${minuteOfDay(since, zone)}` : ' does not hold'
      return turning('§', 'Duty', [{ strong: regulatory.title }, said], [reason])
    }
  }
}

type RoomKind =
  | 'severity-explained'
  | 'task-extended'
  | 'task-ended'
  | 'decided'
  | 'linked'
  | 'phase-entered'
  | 'team-set'
  | 'handover-offered'
  | 'handover-accepted'
  | 'handover-withdrawn'
  | 'command-released'
  | 'command-taken'
  | 'finding-waived'
  | 'waiver-ended'

/** What the room itself writes down. */
function roomSentence(entry: Extract<KnownEntry, { kind: RoomKind }>, zone: Zone): Sentence {
  switch (entry.kind) {
    case 'severity-explained':
      return plain('◇', 'Reason', ['Why: ', { entry: entry.body.entry, say: null }, `: ${entry.body.reason}`])
    case 'task-extended': {
      const { task, minutes, note } = entry.body
      const said: Piece[] = ['Asked back, goes on: ', { entry: task, say: null }]
      return plain('↻', 'Task', said, [`again in ${count(minutes, 'minute')}`, ...noteOf(note)])
    }
    case 'task-ended': {
      const { task, outcome, note } = entry.body
      const said: Piece[] = [{ strong: outcome === 'done' ? 'Done: ' : 'Dropped: ' }, { entry: task, say: null }]
      return plain(outcome === 'done' ? '☑' : '☒', 'Task', said, noteOf(note).slice(1))
    }
    case 'decided':
      return decisionSentence(entry.body)
    case 'linked': {
      const { link, title, url } = entry.body
      if (url === null) return plain('⌁', 'Link', [`No ${linkWords[link]} any more`])
      return plain('⌁', 'Link', [{ strong: `${linkWords[link]}: ` }, title ?? url], title === null ? [] : [url])
    }
    case 'phase-entered': {
      const { phase, reason } = entry.body
      return turning('▸', 'Phase', ['Moved to ', { strong: phase.title }], reason === null ? [] : [reason])
    }
    case 'team-set': {
      const { team, lead, members } = entry.body
      if (lead === null && members.length === 0) return plain('⋔', 'Team', [{ strong: team.title }, ' is no more'])
      const led = lead === null ? 'nobody leads it' : `led by ${lead}`
      return plain('⋔', 'Team', ['Team ', { strong: team.title }, `: ${led}`], [members.join(', ')])
    }
    case 'handover-offered':
    case 'handover-accepted':
    case 'handover-withdrawn':
    case 'command-released':
    case 'command-taken':
      return handoverSentence(entry)
    case 'finding-waived': {
      const { finding, until, reason } = entry.body
      return plain(
        '◌',
        'Waived',
        ['Waived: ', { strong: finding.title }, ` until ${dayAndMinute(until, zone)}`],
        [reason],
      )
    }
    case 'waiver-ended':
      return plain('○', 'Waived', ['No longer waived: ', { strong: entry.body.finding.title }], [entry.body.reason])
  }
}

function dayAndMinute(at: string, zone: Zone): string {
  return `${at.slice(0, 10)} ${minuteOfDay(at, zone)}`
}

const outcomeWords = { decided: 'Decided: ', 'decided-despite': 'Decided despite objections: ', 'put-off': 'Put off: ' }

function decisionSentence({ text, options, poll, outcome }: (KnownEntry & { kind: 'decided' })['body']): Sentence {
  const weighed = options.length === 0 ? [] : [`weighed: ${options.join(', ')}`]
  const objections = poll === null ? [] : [objectionWords(poll)]
  return turning(
    '◈',
    'Decision',
    [{ strong: outcomeWords[outcome] }, text],
    [[...weighed, ...objections].join(' · ')].filter((words) => words !== ''),
  )
}

function objectionWords({
  seconds,
  objections,
}: NonNullable<(KnownEntry & { kind: 'decided' })['body']['poll']>): string {
  if (objections.length === 0) return `no strong objection in ${seconds} s`
  return `objected: ${objections.map(({ by, text }) => `${by}, ${text}`).join('; ')}`
}

function handoverSentence(
  entry: Extract<
    KnownEntry,
    { kind: 'handover-offered' | 'handover-accepted' | 'handover-withdrawn' | 'command-released' | 'command-taken' }
  >,
): Sentence {
  switch (entry.kind) {
    case 'handover-offered': {
      const { to, where } = entry.body
      const desk = where === 'other-desk' ? ['at another desk'] : []
      return turning('⇄', 'Hand-over', ['Command is offered to ', { strong: to }], desk)
    }
    case 'handover-accepted':
      return turning(
        '⇄',
        'Hand-over',
        [{ strong: 'Command accepted' }, ': the brief was read'],
        saidWords('six words', entry.body.words),
      )
    case 'handover-withdrawn':
      return plain('⇄', 'Hand-over', ['The offer of command was taken back'], [entry.body.reason])
    case 'command-released':
      return turning(
        '⇄',
        'Hand-over',
        [{ strong: 'Command is at the other desk' }, ': this one looks on'],
        saidWords('read back', entry.body.words),
      )
    case 'command-taken':
      return turning(
        '⇄',
        'Hand-over',
        [{ strong: 'Command taken at this desk' }, ': without an offer'],
        [entry.body.reason],
      )
  }
}

/** Nobody has read them out when command is accepted; when it is released they were. */
function saidWords(as: 'six words' | 'read back', words: string | null): Piece[] {
  return words === null ? [] : [`${as}: `, { mono: words }]
}

function alarmSentence(
  { title, due_at: dueAt, at }: (KnownEntry & { kind: 'alarm-given' })['body'],
  zone: Zone,
): Sentence {
  if (at === 'soon') {
    return plain(
      '◔',
      'Warning',
      [{ strong: `${title}: four fifths of the time are gone` }],
      [`due ${minuteOfDay(dueAt, zone)}`],
    )
  }
  const said = at === 'snoozed' ? `${title}: still overdue` : `${title}: time is over`
  const when = at === 'snoozed' ? `snoozed until ${minuteOfDay(dueAt, zone)}` : `was due ${minuteOfDay(dueAt, zone)}`
  return turning('◷', 'Alarm', [{ strong: said }], [when])
}

const linkWords = {
  bridge: 'Bridge',
  channel: 'Channel',
  'status-page': 'Status page',
  ticket: 'Ticket',
  pager: 'Pager',
} as const

const relationWords = { related: 'Related to ', 'duplicate-of': 'A duplicate of ', 'caused-by': 'Caused by ' } as const
const toldWords = { told: 'Told ', 'not-reached': 'Did not reach ', 'not-needed': 'No need to tell ' } as const
const callWords = {
  reached: 'reached',
  voicemail: 'left a message',
  'no-answer': 'no answer',
  refused: 'refused',
  'wrong-number': 'wrong number',
} as const

/** ' · ' and the note, where there is one. */
function noteOf(note: string | null): Piece[] {
  return note === null ? [] : [' · ', note]
}

function erasedBundle(bundle: string | null): Piece[] {
  return bundle === null ? [] : [' · ', { mono: shortHash(bundle) }]
}

function roleWords(role: keyof typeof roleNames, name: string | null): Piece[] {
  if (name === null) return [`Nobody is ${roleNames[role]} any more`]
  return role === 'commander' ? [{ strong: name }, ' took command'] : [{ strong: name }, ` is ${roleNames[role]}`]
}

function keptSentence({
  form,
  title,
  items,
  size,
  source,
  bundle,
  note,
}: (KnownEntry & { kind: 'evidence-kept' })['body']): Sentence {
  if (form === 'tar') {
    const said = `Evidence kept: ${count(items.length, 'item')}, ${bytes(size)}`
    return plain('▤', 'Evidence', [said], [`${source} · `, { mono: shortHash(bundle) }])
  }
  const said: Piece[] = ['Attached: ', { strong: title }, ...(note === null ? [] : [` · ${note}`])]
  return plain('▤', 'Attachment', said, [`${bytes(size)} · `, { mono: shortHash(bundle) }])
}

function checkedSentence(result: 'match' | 'mismatch' | 'missing', bundle: string, because: string): Sentence {
  const sub: Piece[] = [`${because} · `, { mono: shortHash(bundle) }]
  if (result === 'match') return plain('✓', 'Evidence check', ['Evidence hashed again: match'], sub)
  const said = result === 'mismatch' ? 'Evidence hashed again: MISMATCH' : 'Evidence is missing from the store'
  return turning('≠', 'Evidence check', [{ strong: said }], sub)
}

function sweptSentence(findings: readonly { title: string }[]): Sentence {
  const [first] = findings
  if (first === undefined) return plain('◉', 'Sweep', ['Sweep: nothing found that is wrong'])
  return plain('◉', 'Sweep', [`Sweep: ${count(findings.length, 'finding')}, first `, { strong: first.title }])
}

/** ▲ first rank, ◆ second, ■ third, ● fourth: the same four everywhere. */
export function severityShape(rank: number): string {
  return ['▲', '◆', '■', '●'][rank - 1] ?? '○'
}

/** How long before it was declared; nothing within a minute. */
function earlier(detectedAt: string, declaredAt: string): string {
  const ms = Date.parse(declaredAt) - Date.parse(detectedAt)
  return ms < 60_000 ? '' : `, ${span(ms)} before it was declared`
}

function packWords({ pack, overlay }: Extract<KnownEntry, { kind: 'declared' }>['body']): string {
  return overlay === undefined ? pack.title : `${pack.title} · ${overlay.title}`
}

function plain(icon: string, kind: string, said: readonly Piece[], sub: readonly Piece[] = []): Sentence {
  return { icon, kind, said, sub, turning: false }
}

function turning(icon: string, kind: string, said: readonly Piece[], sub: readonly Piece[] = []): Sentence {
  return { icon, kind, said, sub, turning: true }
}
