/* Words of the update that goes to those who wait. */
export const updateWords = {
  title: 'Give an update',
  template: 'Message',
  byHand: 'by hand, without a template',
  moments: {
    initial: 'first message',
    update: 'update',
    escalation: 'escalation',
    resolution: 'the end',
    record: 'for the record',
  },
  audiences: { internal: 'responders', management: 'management', external: 'customers', record: 'the record' },
  fields: 'What the record does not tell',
  optional: 'optional',
  several: 'one in each line',
  subject: 'Subject',
  text: 'What is said',
  missing: (number: number) =>
    number === 1 ? '△ One thing is missing in it.' : `△ ${number} things are missing in it.`,
  fillOrTakeOut: '△ Fill in what is missing, or take it out of the text, before you log it as given.',
  fill: 'Fill it in from the record again',
  filling: 'Filling in what you typed, then logging it…',
  copy: 'Copy',
  copySubject: 'Copy the subject',
  go: 'It was given: log it',
  notSent: 'Muster sends nothing: copy it to where it goes, give it there, then log it.',
  last: (ago: string, by: string) => `The last one was given ${ago} by ${by}.`,
  first: 'None was given yet.',
  next: (time: string) => `The next one is due at ${time}.`,
  early: 'Nobody waits for one yet: too many updates hide the one that counts.',
  nextHint: 'Say in it when the next one comes, as in: next update at 14:30 UTC.',
  forOthers: (codes: string) => `written for ${codes}`,
  noneFits: (code: string) =>
    `This runbook has no message for ${code}: write it by hand, or take one and mind its words.`,
  minds: (codes: string, code: string) =>
    `△ This message is written for ${codes}, and this is ${code}: mind its words.`,
} as const
