import type { OnCall } from '../../shared/clocks/escalation/on-call.ts'
import type { RungState } from '../../shared/clocks/escalation/picture.ts'
import type { Following } from '../../shared/clocks/escalation/what-follows.ts'
import type { NoticeStanding } from '../../shared/clocks/notices.ts'
import type { CalledBy, CallResult } from '../../shared/people/entries.ts'

/* Words of the calls: whom now, what to say, what follows, the ladder, who has to be told. */

const means: Readonly<Record<CalledBy, string>> = {
  phone: 'telephone',
  sms: 'SMS',
  email: 'e-mail',
  chat: 'chat',
  pager: 'pager',
  page: 'page',
  'in-person': 'in person',
  other: 'another way',
}

export const callWords = {
  title: 'Call',
  command: 'Call: whom now, what to say, what follows',
  reading: 'Reading the escalation…',
  tabs: { now: 'Whom now', ladder: 'Ladder', tell: 'To tell', roles: 'Roles' },
  tabKeys: { now: 'w', ladder: 'm', tell: 't', roles: 'r' },
  means,
  attempt: (attempt: number, of: number) => (of === 1 ? `attempt ${attempt}` : `attempt ${attempt} of ${of}`),
  together: (count: number) => `Call these ${count} at once:`,
  why: (why: string) => `Because ${why}.`,
  nameUnknown: 'Name unknown: add in People',
  noWay: 'No way to reach them is written down. Add one in People.',
  locked: '■ The number is in the vault: unlock it to see the number.',
  noVault: 'There is no vault with contacts yet: People makes one.',
  unlock: 'Unlock the vault',
  people: 'Open People',
  open: (url: string) => `Open ${url}`,
  copyWay: 'Copy',
  first: 'first',
  there: (time: string) => `it is ${time} there`,
  contract: (contract: string) => `contract ${contract}`,
  stale: (days: number) => `△ number not confirmed for ${days} days`,
  onCall: (onCall: OnCall, from: string | null): string => {
    if (onCall.is === 'off') return `△ not on call now${from === null ? '' : ` until ${from}`}: ${onCall.said}`
    if (onCall.is === 'unstated') return onCall.said === '' ? '' : `◌ ${onCall.said}`
    return `${onCall.is === 'on' ? '●' : '◐'} ${onCall.said}`
  },
  onCallShort: { on: '● on call', off: '○ off', 'as-needed': '◐ as needed', unstated: '■ is called' },
  offUntil: (from: string) => `○ off until ${from}`,
  script: 'Read this out',
  copyScript: 'Copy the words',
  result: 'How did it go?',
  resultFor: (title: string) => `The call to ${title}: how did it go?`,
  results: {
    reached: 'Reached: they have it',
    voicemail: 'Left a message',
    'no-answer': 'No answer',
    refused: 'Cannot or will not',
    'wrong-number': 'Wrong number',
  } satisfies Record<CallResult, string>,
  marks: {
    reached: '✓ reached',
    voicemail: '✉ message',
    'no-answer': '✕ no answer',
    refused: '⊘ refused',
    'wrong-number': '≠ wrong number',
  } satisfies Record<CallResult, string>,
  person: 'Who was called',
  note: 'Note (optional)',
  logged: (title: string, result: CallResult) => `Logged: ${title}, ${callWords.marks[result]}.`,
  choose: (title: string) => `Choose ${title}`,
  chosen: 'keys 1 to 5 log this call',
  meanwhile: (held: string, first: string | null) =>
    `△ Meanwhile ${first === null ? 'nobody is to be called' : `${first} is first in line`}. Keys 1 to 5 still log the call to ${held}.`,
  letGo: 'Let this call go',
  follows: 'What follows',
  noAnswer: ({ again, tries, next }: Following, attempt: number): string => {
    if (again !== null) return `No answer: call again by ${means[again]}, ${callWords.attempt(attempt + 1, tries)}.`
    return next.length === 0
      ? 'No answer: the runbook names nobody after them by rule.'
      : `No answer: then ${next.join(' and ')}.`
  },
  message: ({ waitMinutes, again, next }: Following): string => {
    const wait = waitMinutes === null ? 'the runbook states no wait: decide' : `wait ${waitMinutes} min`
    const then = again !== null ? 'call again' : next.length === 0 ? 'call somebody else' : next.join(' and ')
    return `Left a message: ${wait}, then ${then}.`
  },
  refused: ({ next }: Following): string =>
    next.length === 0
      ? 'Cannot or will not: the runbook names nobody after them by rule.'
      : `Cannot or will not: ${next.join(' and ')} at once.`,
  nextInLine: 'Next in line',
  alsoNow: 'To be called too',
  waits: (left: string, titles: string, why: string) => `${left} until ${titles}: ${why}`,
  holds: (who: string, time: string) => `✓ ${who} has it since ${time}.`,
  recall: (time: string) => `Called again at ${time}, unless somebody works on it before.`,
  postponed: (worked: string, instead: string) => `The work at ${worked} put that off from ${instead}.`,
  noRecall: 'The runbook does not say when they are called again.',
  failed: (title: string, why: string) => `✕ ${title}: ${why}.`,
  judge: 'Only if',
  judgeIf: (condition: string) => `If: ${condition}.`,
  itIsSo: (titles: string) => `It is so: call ${titles}`,
  judgedWhy: (condition: string) => `of this: ${condition}`,
  somebodyElse: 'Call somebody else',
  somebodyHint: 'Any role of the runbook',
  elseWhy: 'the commander wants them',
  begin: 'Begin again at the top',
  gaps: 'What the runbook leaves open',
  ended: 'The incident is over: nobody is to be called.',
  here: '◀ you are here',
  hereColumn: '▼ you are here',
  running: (time: string) => `running ${time}`,
  atSeverity: (code: string, time: string) => `${time} at ${code}`,
  ladderOf: 'For which type',
  ownType: (titles: string) => `this incident (${titles})`,
  noType: 'no type said yet',
  ladderHits: 'For what is affected',
  noSystem: 'nobody has said yet what is affected',
  onCallAt: 'On call at',
  now: 'now',
  rung: 'Who is called, and after what',
  states: {
    now: '▶ call now',
    'has-it': '✓ has it',
    'in-vain': '✕ cannot be had',
    waiting: '◷ waits',
    'to-judge': '? only if',
    below: '· not yet',
    'not-for-this': '– not for this',
  } satisfies Record<RungState, string>,
  levels: { primary: 'primary', secondary: 'secondary', executive: 'executive' },
  waitsUntil: (time: string) => `◷ waits until ${time}`,
  notFor: '–',
  notForSaid: 'not for this severity',
  last: 'nobody comes after them',
  noLadder: 'The runbook states no escalation. Call whom you need, by any role below.',
  notices: {
    open: (due: string | null, overdue: boolean) =>
      due === null ? '◌ nobody was told yet' : overdue ? `■ overdue since ${due}` : `◷ by ${due}`,
    told: (time: string) => `✓ told ${time}`,
    'not-needed': (time: string) => `– not needed, said ${time}`,
    'not-reached': (time: string) => `✕ not reached ${time}`,
  } satisfies Record<NoticeStanding['is'], unknown>,
  noticeIf: (condition: string) => `if: ${condition}`,
  noNotices: 'The runbook names nobody to be told.',
  tell: { told: 'Told', 'not-reached': 'Not reached', 'not-needed': 'Not needed' },
  tellNamed: (verb: string, title: string) => `${verb}: ${title}`,
  tellNote: 'Note; why, where they need not be told',
  otherNotices: (count: number) => `${count} more that are not for this severity or type`,
  rolesLead: 'Roles of the runbook: what each owes, who was called for it, and who has it.',
  rolesNone: 'The runbook names no roles.',
  neverCalled: 'not called yet',
  duties: (done: number, all: number) => `${done} of ${all} done`,
}
