import type { ActivityFormat } from '../../shared/handover/activity-log.ts'
import type { CommandStanding } from '../../shared/handover/calls.ts'
import type { Refusal } from '../../shared/refusal.ts'

type Offer = NonNullable<CommandStanding['offer']>

/* Words of handing command over, of looking on, and of a person's activity log. */
export const handoverWords = {
  title: 'Hand over command',
  reading: 'Reading how command stands…',
  noBrief:
    'This changes the name alone: nobody reads a brief. It is for a commander who cannot hand over; else close this and press H.',
  brief: 'The brief as it stands now',
  making: 'Writing the brief…',
  who: (commander: string | null) =>
    commander === null ? 'Nobody has command. Give the role first.' : `${commander} has command at this desk.`,
  offer: {
    to: 'To whom',
    objectives: 'Objectives, one a line',
    objectivesHint: 'What has to be reached next, in order.',
    hazards: 'Hazards and safety, one a line',
    hazardsHint: 'What must not be touched, what could hurt.',
    go: 'Offer command',
    elsewhere: 'Offer to another desk…',
    withEvidence: 'The file for another desk holds the evidence too',
    keys: 'Hand over command',
  },
  standing: {
    here: ({ by, to }: Offer, time: string) => `${by} offers command to ${to}, since ${time}.`,
    read: (to: string) => `${to}: read the brief, then confirm your name.`,
    elsewhere: ({ to }: Offer, time: string) =>
      `Offered to ${to} at another desk, since ${time}. Until they have it, command and clocks stay here.`,
    theirs: ({ by, to }: Offer, time: string) => `${by} offers command to ${to}, at this desk, since ${time}.`,
  },
  accept: {
    name: 'Your name',
    operator: 'I sit at this desk from now on: entries say that I typed them',
    go: 'I have command',
  },
  withdraw: { reason: 'Why is the offer taken back?', go: 'Take the offer back' },
  words: {
    ours: 'Six words of the offer',
    oursHint:
      'They prove that both desks hold the same journal up to the offer. Give them to nobody: let them be read to you.',
    theirs: 'Read these six words to the other desk',
    theirsHint: 'By telephone, not by the way that the file came. The other desk types them and then looks on.',
  },
  release: {
    steps: 'Bring them the file. They import it, accept, and read six words to you. Type what you hear.',
    heard: 'The six words that they read',
    go: 'They have command',
  },
  fileAgain: 'Write the file again…',
  wrote: (path: string) => `Wrote the file for the other desk: ${path}`,
  reach: {
    title: 'What this desk cannot reach',
    asking: 'Looking what is here…',
    all: 'Runbook, contacts, engines and evidence are all here.',
  },
  elsewhere: {
    who: (who: string, time: string | null) =>
      time === null ? `${who} has command, at another desk.` : `${who} has command, at another desk since ${time}.`,
    what: 'This desk looks on: it rings no clock of this incident. Notes are still taken and go along with the next file.',
    notForUs: 'An offer stands at the other desk; it is for somebody there.',
    back: 'To get command back by agreement, let them offer it to this desk and import their file. Take it only where they are lost.',
    restored:
      'Was this desk restored from a backup that is older than the incident, and the desk before it lost? Then nobody has command there: take it here.',
  },
  take: { name: 'Who takes command', reason: 'Why is it taken without an offer?', go: 'Take command here' },
  report: {
    command: 'The brief on one page (ICS 201), as a file',
    title: 'Brief on one page',
    lead: 'How it stands now, as whoever takes over would read it. Nothing is offered: command stays where it is.',
  },
  save: {
    label: 'Keep the brief as',
    formats: { pdf: 'PDF', html: 'HTML', md: 'Markdown' },
    wrote: (path: string) => `Wrote ${path}`,
  },
  banner: {
    observer: (who: string, time: string | null) =>
      `OBSERVER: ${who} has command at another desk${time === null ? '' : ` since ${time}`}. No clock of this incident rings here.`,
    offered: ({ by, to }: Offer, time: string) => `${by} offers command to ${to}, since ${time}. Not accepted yet.`,
    elsewhere: ({ to }: Offer, time: string) =>
      `Command is offered to ${to} at another desk, since ${time}. Clocks ring here until their six words are read back.`,
    theirs: ({ by, to }: Offer) => `${by} offers command of this incident to ${to}, at this desk.`,
    open: 'Hand-over',
    readIt: 'Read the brief',
  },
  observing: {
    title: 'Another desk has command',
    why: (who: string) =>
      `${who} decides there. What you write here reaches them with the next file only, and may contradict what they do meanwhile.`,
    go: 'Write it here all the same',
    leave: 'Leave it to them',
    cancelled: {
      code: 'cancelled',
      tried: 'Change an incident that another desk commands',
      happened: 'It was left to the desk that has command. Nothing was written.',
      next: 'Tell them, or log a note here. To have command here, take it (H).',
    } satisfies Refusal,
  },
  activity: {
    command: 'Write the activity log of a person (ICS 214)',
    title: 'Activity log of a person (ICS 214)',
    name: 'Whose',
    from: 'From, UTC (empty: from the beginning)',
    to: 'To, UTC (empty: until now)',
    timeHint: '2026-11-21T14:00',
    notATime: 'Give times as 2026-11-21T14:00, in UTC.',
    formats: { pdf: 'PDF, A4', html: 'HTML, one file', md: 'Markdown', csv: 'CSV' } satisfies Record<
      ActivityFormat,
      string
    >,
    as: 'Write it as',
    go: 'Write the file',
    preview: 'The log as it would be written now',
    making: 'Writing the log…',
    chooseOne: 'Say whose log it is.',
    wrote: (path: string) => `Wrote ${path}`,
  },
}
