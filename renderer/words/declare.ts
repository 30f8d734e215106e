import { span } from './time.ts'

/* Words of declaring and triage. */
export const declareWords = {
  grid: { impact: 'Impact', urgency: 'Urgency', unused: 'not used' },
  group: 'Declare',
  title: 'What is wrong?',
  field: 'In a few words',
  fieldHint: 'Checkout fails for EU customers',
  pack: 'By which runbook?',
  lookInto: (title: string) => `Look into ${title}`,
  types: 'What sort is it?',
  typesHint: 'may stay empty',
  typesFolded: (number: number, chosen: number) =>
    chosen === 0 ? `Say what sort it is: one of ${number}` : `What sort it is: ${chosen} of ${number} chosen`,
  typeMeans: (types: string, codes: string) => `The runbook names ${codes} for: ${types}.`,
  alert: {
    title: 'An alert',
    open: 'Paste an alert',
    hint: 'Or paste it anywhere on this page: it fills title, start and who noticed.',
    field: 'The alert',
    fieldHint: "Alertmanager's JSON, a message or a mail, 1 MiB at most. Secrets in it are masked.",
    read: 'Read it',
    from: (what: string) => `Read from ${what}`,
    modes: {
      alertmanager: "a notification of Alertmanager's form",
      alerts: 'alerts of Alertmanager',
      json: 'JSON',
      prometheus: 'a message of Prometheus',
      text: 'a text',
    },
    count: (firing: number, resolved: number) =>
      resolved === 0 ? `${firing} firing` : `${firing} firing, ${resolved} over`,
    masked: (number: number) => (number === 1 ? '1 secret masked' : `${number} secrets masked`),
    taken: (parts: readonly string[], isLong: boolean) =>
      `${parts.length === 0 ? 'It fills nothing by itself' : `It fills ${parts.join(', ')}`}. Its ${
        isLong ? 'gist goes into the timeline, the whole of it into the evidence' : 'text goes into the timeline'
      }.`,
    parts: { title: 'the title', start: 'when it was noticed', reporter: 'who noticed', systems: 'what is affected' },
    drop: 'Take it away',
  },
  duties: {
    title: 'May be owed to authorities',
    limit: (authority: string, limit: string) => `to ${authority}, within ${limit}.`,
    counts: (since: string) => `It would count since ${since}.`,
    awareness: 'It would count from when somebody says that it holds.',
    holdsWhen: (when: string) => `Holds when: ${when}`,
    where: 'Nothing of it runs yet. In the room, among the clocks, say of each whether it holds, and why.',
  },
  clocksFrom: (since: string, back: string, left: number | null) =>
    `Its clocks count from ${since}, ${back}, when it was noticed; that it was declared later is kept beside it.${
      left === null
        ? ''
        : left > 0
          ? ` First response: ${span(left)} left.`
          : ` First response: due ${span(-left)} ago.`
    }`,
  reporter: 'Who noticed it?',
  reporterHint: 'a person or a system',
  systems: 'What is affected?',
  systemsHint: 'checkout, auth',
  inDoubt: 'When in doubt, take the higher level: it is lowered in a moment, with a reason.',
  soFar: 'so far',
  noPacks: 'No runbook could be read, so nothing can be declared. The board says what is wrong with them.',
  detected: (zone: string) => `When was it noticed? (${zone})`,
  detectedHint: 'now',
  detectedForms: "Empty is now. '14:05', '20 min' or '2026-11-20 23:50' for earlier.",
  detectedIs: (own: string, other: string, back: string) => `${own}, that is ${other}: ${back}. Both times are kept.`,
  wrongForm: "Not a time. Write '14:05', '20 min' or '2026-11-20 23:50', or leave it empty for now.",
  wrongFuture: 'That lies in the future. Write when it was noticed, or leave it empty for now.',
  commander: 'Who commands?',
  commanderHint: 'empty: nobody yet',
  unconfirmed: 'Not sure yet that it is one',
  unconfirmedHint: 'Opens it at once, to look. Later you confirm it, or end it as a false alarm: that is no shame.',
  toQuestions: (number: number) => `Answer ${number} questions`,
  toSeverity: 'Pick a severity',
  openNow: 'Open it now',
  leave: 'Back to the board',
  kept: 'What you typed is kept.',
  question: (at: number, of: number) => `Question ${at} of up to ${of}`,
  answers: { yes: 'Yes', no: 'No', unsure: 'Not sure' },
  unsureHint: "'Not sure' takes the higher level and marks it as assumed.",
  back: 'Back',
  path: 'Answered so far',
  pathEmpty: 'Nothing answered yet.',
  /** Where an answer led; the pack's triage says 'on' where it led no further. */
  led: (led: string) => (led === 'on' ? 'goes on' : led),
  proposed: 'The answers lead to',
  pick: 'How bad is it?',
  why: 'Why',
  assumed: 'Assumed: somebody was not sure, so the higher level holds.',
  respondWithin: (minutes: number) => `First response within ${span(minutes * 60_000)}`,
  noResponseTime: 'The runbook sets no response time',
  other: 'Choose another',
  all: 'Severities of this runbook',
  reason: (code: string) => `Why ${code}?`,
  reasonHint: 'One line. It stands beside the severity in the journal.',
  reasonKeys: 'Type it, or take one of these with ↓ and ↑.',
  reasons: {
    worse: 'It is worse than thought',
    wider: 'It is wider than thought',
    workaround: 'A workaround holds',
    mitigated: 'It is better after the mitigation',
    smaller: 'Fewer are affected than thought',
  },
  reasonMissing: (code: string) => `The answers lead to ${code}. Say in one line why it is another.`,
  declare: (code: string) => `Declare as ${code}`,
  declaring: 'Declaring: writing it to the journal…',
  answerInstead: 'Answer the questions instead',
  readingPack: 'Reading the runbook…',
  commands: {
    yes: 'Answer yes',
    no: 'Answer no',
    unsure: 'Answer not sure',
    back: 'Back to the question before',
    severity: (code: string, name: string) => `Choose ${code} ${name}`,
    go: 'Accept and declare',
  },
}
