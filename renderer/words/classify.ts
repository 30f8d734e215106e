import type { LinkKind, Relation } from '../../shared/incident/entries.ts'

/* Words of what sort of incident it is, what it belongs to, where people meet, and why its severity was set. */
export const classifyWords = {
  group: 'What it is and belongs to',
  commands: {
    classify: 'Say its types, priority and affected systems',
    relate: 'Tie it to another incident, or end it as a duplicate',
    links: 'Set its links: bridge, channel, status page, ticket, pager',
    why: 'Say why the severity was set',
  },
  kind: {
    title: 'What sort of incident is it?',
    types: 'Types of the runbook',
    typesHint: 'Type a part of the name; Enter takes the marked one, Backspace in the empty field the last one away.',
    noTypes: 'This runbook names no types.',
    noneFits: (typed: string) => `No type has '${typed}' in its name.`,
    priority: 'In what order is it worked on?',
    noPriority: 'not said',
    systems: 'What is affected?',
    systemsHint:
      'A name, then Enter. Suggested: what was affected before, what findings are about, targets of the runbook.',
    chosen: (name: string) => `${name}: take it away`,
    set: 'Set it',
    nothing: 'It would say what holds already.',
  },
  relate: {
    title: 'Which incident does it belong to?',
    search: 'Number or words of the title',
    none: 'There is no other incident with these words.',
    how: 'How does it stand to that one?',
    hows: {
      related: 'related to it',
      'duplicate-of': 'a duplicate of it',
      'caused-by': 'caused by it',
    } satisfies Record<Relation, string>,
    is: (how: string, other: string) => `It is ${how}: ${other}`,
    back: { related: 'related to this', 'duplicate-of': 'a duplicate of this', 'caused-by': 'caused by this' },
    known: 'So far',
    knownNone: 'It is tied to none.',
    untie: (other: string) => `Nothing to do with ${other} after all`,
    set: 'Tie them',
    end: 'Tie them and end this one as a duplicate',
    endSummary: (number: string, title: string) => `A duplicate of ${number}: ${title}. The work goes on there.`,
  },
  links: {
    title: 'Where people meet and look',
    lead: 'https, mailto, tel and sms. Each is shown in full before it opens.',
    kinds: {
      bridge: 'Bridge',
      channel: 'Channel',
      'status-page': 'Status page',
      ticket: 'Ticket',
      pager: 'Pager',
    } satisfies Record<LinkKind, string>,
    address: (kind: string) => `${kind}: address`,
    name: (kind: string) => `${kind}: name, may stay empty`,
    hints: {
      bridge: 'https://meet.example.com/war-room or tel:+49…',
      channel: 'https://chat.example.com/incident',
      'status-page': 'https://status.example.com',
      ticket: 'https://tickets.example.com/123',
      pager: 'mailto:oncall@example.com',
    } satisfies Record<LinkKind, string>,
    wrong: (scheme: string) =>
      scheme === ''
        ? 'Not a whole address. Begin it with https://, mailto:, tel: or sms:.'
        : `Muster opens no ${scheme} address. Begin it with https://, mailto:, tel: or sms:.`,
    set: (number: number) => (number === 1 ? 'Set 1 link' : `Set ${number} links`),
  },
  why: {
    title: (code: string) => `Why ${code}?`,
    lead: (code: string, when: string) =>
      `${code} was set at ${when} without a reason. It has held since; say why now.`,
    reason: 'The reason, one line',
    set: 'Say it',
    none: 'Every severity has its reason.',
    owed: (code: string, when: string) => `${code} was set at ${when}: the reason is owed.`,
    go: 'Say why',
  },
  back: (incidents: string) => `Tied to this one: ${incidents}.`,
}
