import type { KnownEntry } from '../../shared/incident/kinds.ts'
import type { Zone } from '../desk/preferences.ts'
import { noteOf, plain, type Sentence, turning } from './sentence.ts'
import { minuteOfDay } from './time.ts'

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
  | 'alarm-given'

/** What was said of people, clocks and duties while the response runs. */
export function responseSentence(entry: Extract<KnownEntry, { kind: ResponseKind }>, zone: Zone): Sentence {
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
    case 'alarm-given':
      return alarmSentence(entry.body, zone)
  }
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

const relationWords = { related: 'Related to ', 'duplicate-of': 'A duplicate of ', 'caused-by': 'Caused by ' } as const
const toldWords = { told: 'Told ', 'not-reached': 'Did not reach ', 'not-needed': 'No need to tell ' } as const
const callWords = {
  reached: 'reached',
  voicemail: 'left a message',
  'no-answer': 'no answer',
  refused: 'refused',
  'wrong-number': 'wrong number',
} as const
