import type { KnownEntry } from '../../shared/incident/kinds.ts'
import type { Zone } from '../desk/preferences.ts'
import { noteOf, type Piece, plain, type Sentence, turning } from './sentence.ts'
import { count, minuteOfDay } from './time.ts'

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
export function roomSentence(entry: Extract<KnownEntry, { kind: RoomKind }>, zone: Zone): Sentence {
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

const linkWords = {
  bridge: 'Bridge',
  channel: 'Channel',
  'status-page': 'Status page',
  ticket: 'Ticket',
  pager: 'Pager',
} as const
