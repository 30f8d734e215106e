import type { Entry } from '../journal/header.ts'
import { visibleText } from '../postmortem/visible.ts'
import { count, inUtc, sentence, shortHash, spellSize } from '../postmortem/words.ts'
import { type KnownEntry, readEntry } from './kinds.ts'

/**
 * What an entry says, in a plain sentence without its time and its actor: a note is its own words, an entry that cannot
 * be read says so. Safe to print on a terminal (see `visibleText`); may hold line breaks where a person typed them.
 */
export function sentenceOf(entry: Entry | KnownEntry): string {
  return visibleText('prev' in entry ? sentenceOfStored(entry) : sentenceOfKnown(entry))
}

function sentenceOfStored(entry: Entry): string {
  const known = readEntry(entry)
  if (known !== null) return sentenceOfKnown(known)
  if (entry.body === null) return `The text of this entry (${entry.kind}) was erased; its place in the chain stands.`
  return `An entry that this Muster cannot read (${entry.kind}, version ${entry.version}). It is kept as it stands.`
}

function sentenceOfKnown(entry: KnownEntry): string {
  switch (entry.kind) {
    case 'declared': {
      const { unconfirmed, title, number, pack, overlay, reported_by: reporter } = entry.body
      const opened = unconfirmed
        ? `Opened '${title}' as ${number}, not confirmed yet`
        : `Declared '${title}' as ${number}`
      const filled = overlay === undefined ? '' : `, as ${overlay.title} fills it`
      const noticed = reporter === undefined ? '' : `, noticed by ${reporter}`
      return `${opened}${noticed}, with the runbook ${pack.title} ${pack.version}${filled}.`
    }
    case 'pack-pinned':
      return `Kept the runbook itself with the incident (sha256 ${shortHash(entry.body.hash)}).`
    case 'overlay-pinned':
      return `Kept the overlay, which fills the runbook, with the incident (sha256 ${shortHash(entry.body.hash)}).`
    case 'confirmed':
      return 'Confirmed that this is an incident.'
    case 'severity-set': {
      const { severity, assumed, reason } = entry.body
      return sentence(`${assumed ? 'Assumed' : 'Set'} severity ${severity.code} ${severity.name}: ${reason}`)
    }
    case 'severity-explained':
      return sentence(`Why the severity was set (${shortHash(entry.body.entry)}): ${entry.body.reason}`)
    case 'linked':
    case 'phase-entered':
    case 'team-set':
    case 'finding-waived':
    case 'waiver-ended':
      return roomSentence(entry)
    case 'handover-offered':
    case 'handover-accepted':
    case 'handover-withdrawn':
    case 'command-released':
    case 'command-taken':
      return handoverSentence(entry)
    case 'impact-stated':
      return sentence(`Impact: ${entry.body.text}`)
    case 'resolved': {
      const { outcome, summary } = entry.body
      const ended = outcome === 'resolved' ? 'Resolved' : 'Ended as a false alarm'
      return sentence(summary.trim() === '' ? ended : `${ended}: ${summary}`)
    }
    case 'reopened':
      return sentence(`Opened again: ${entry.body.reason}`)
    case 'noted':
      return entry.body.text
    case 'corrected':
      return `Corrected the entry ${shortHash(entry.body.entry)}: ${entry.body.text}`
    case 'starred':
      return `${entry.body.on ? 'Starred' : 'Took the star off'} the entry ${shortHash(entry.body.entry)}.`
    case 'task-given': {
      const { text, owner, minutes } = entry.body
      return sentence(`Task for ${owner}${minutes === null ? '' : `, ${count(minutes, 'minute')}`}: ${text}`)
    }
    case 'task-extended': {
      const { task, minutes, note } = entry.body
      const said = `The task ${shortHash(task)} goes on, to be asked back in ${count(minutes, 'minute')}`
      return sentence(note === null ? said : `${said}: ${note}`)
    }
    case 'task-ended': {
      const { task, outcome, note } = entry.body
      const said = `The task ${shortHash(task)} is ${outcome}`
      return sentence(note === null ? said : `${said}: ${note}`)
    }
    case 'decided':
      return decidedSentence(entry.body)
    case 'update-given':
      return sentence(`Update given: ${entry.body.text}`)
    case 'checked': {
      const { list, item, value, done, note } = entry.body
      const what = value === null ? item.title : `${item.title} · ${value}`
      const ticked = `${done ? 'Ticked' : 'Took the tick off'} '${what}' (${list.title})`
      return sentence(note === null ? ticked : `${ticked}: ${note}`)
    }
    case 'erased':
      return erasedSentence(entry.body)
    case 'role-taken':
      return roleSentence(entry.body.role, entry.body.person?.name ?? null)
    case 'responded':
      return 'Responded: somebody is on it, and the response clock stops.'
    case 'alarm-given':
      return alarmSentence(entry.body)
    case 'classified':
      return classifiedSentence(entry.body)
    case 'related':
      return relatedSentence(entry.body)
    case 'called':
      return calledSentence(entry.body)
    case 'notified':
      return notifiedSentence(entry.body)
    case 'clock-paused':
      return sentence(`Paused the clock '${entry.body.clock.title}': ${entry.body.reason}`)
    case 'clock-resumed':
      return sentence(`The clock '${entry.body.clock.title}' runs on: ${entry.body.reason}`)
    case 'clock-snoozed': {
      const { clock, until, reason } = entry.body
      return sentence(`The clock '${clock.title}' is not to ring before ${inUtc(until)}: ${reason}`)
    }
    case 'clock-met': {
      const { clock, note } = entry.body
      return sentence(`Done: '${clock.title}'${note === null ? '' : `: ${note}`}`)
    }
    case 'duty-held': {
      const { regulatory, holds, since, reason } = entry.body
      const said = holds ? `holds since ${inUtc(since)}` : 'does not hold'
      return sentence(`The duty '${regulatory.title}' ${said}: ${reason}`)
    }
    case 'evidence-kept':
      return keptSentence(entry.body)
    case 'evidence-checked':
      return checkedSentence(entry.body)
    case 'evidence-released': {
      const { item, to, because, how, result } = entry.body
      const doubt = result === 'match' ? '' : ' Its bytes do NOT match those that were kept.'
      return `${sentence(`Gave the evidence '${item}' to ${to}, ${how}: ${because}`)}${doubt}`
    }
    case 'swept':
      return sweptSentence(entry.body)
    case 'exported': {
      const { format, name, size } = entry.body
      return `Exported the ${format === 'csv' ? 'timeline' : 'post-mortem'} as ${format.toUpperCase()}: ${name}, ${spellSize(size)}.`
    }
  }
}

function classifiedSentence({ types, priority, systems }: (KnownEntry & { kind: 'classified' })['body']): string {
  const said = types.length === 0 ? 'no type' : types.map(({ title }) => title).join(', ')
  const order = priority === null ? 'no priority' : `priority ${priority.code} ${priority.title}`
  return sentence(`Classified: ${said}; ${order}${systems.length === 0 ? '' : `; affected: ${systems.join(', ')}`}`)
}

function alarmSentence({ title, due_at: dueAt, at }: (KnownEntry & { kind: 'alarm-given' })['body']): string {
  if (at === 'soon') return `Warning: ${title} is due at ${inUtc(dueAt)}; four fifths of the time are gone.`
  if (at === 'snoozed') return `Alarm again: ${title} is still overdue at ${inUtc(dueAt)}.`
  return `Alarm: ${title} was due at ${inUtc(dueAt)}.`
}

const outcomeWords = {
  decided: 'Decided',
  'decided-despite': 'Decided despite objections',
  'put-off': 'Put off',
} as const

function decidedSentence({ text, options, poll, outcome }: (KnownEntry & { kind: 'decided' })['body']): string {
  const weighed = options.length === 0 ? '' : ` Weighed: ${options.join('; ')}.`
  const objections = poll?.objections.map(({ by, text: said }) => `${by}: ${said}`) ?? []
  const asked =
    poll === null
      ? ''
      : objections.length === 0
        ? ` No strong objection in ${count(poll.seconds, 'second')}.`
        : ` Objections: ${sentence(objections.join('; '))}`
  return `${sentence(`${outcomeWords[outcome]}: ${text}`)}${weighed}${asked}`
}

const linkWords = {
  bridge: 'bridge',
  channel: 'channel',
  'status-page': 'status page',
  ticket: 'ticket',
  pager: 'pager',
} as const

function roomSentence(
  entry: KnownEntry & { kind: 'linked' | 'phase-entered' | 'team-set' | 'finding-waived' | 'waiver-ended' },
): string {
  switch (entry.kind) {
    case 'linked': {
      const { link, url, title } = entry.body
      if (url === null) return `There is no ${linkWords[link]} any more.`
      return `The ${linkWords[link]} is ${title === null ? url : `${title} (${url})`}.`
    }
    case 'phase-entered': {
      const { phase, reason } = entry.body
      return sentence(`Moved to the phase '${phase.title}'${reason === null ? '' : `: ${reason}`}`)
    }
    case 'team-set': {
      const { team, lead, members } = entry.body
      if (lead === null && members.length === 0) return `The team '${team.title}' is no more.`
      const led = lead === null ? 'nobody leads it' : `led by ${lead}`
      return sentence(`Team '${team.title}': ${led}${members.length === 0 ? '' : `; ${members.join(', ')}`}`)
    }
    case 'finding-waived': {
      const { finding, until, reason } = entry.body
      return sentence(`Waived until ${inUtc(until)}: ${finding.title}. ${reason}`)
    }
    case 'waiver-ended':
      return sentence(`No longer waived: ${entry.body.finding.title}. ${entry.body.reason}`)
  }
}

function handoverSentence(
  entry: KnownEntry & {
    kind: 'handover-offered' | 'handover-accepted' | 'handover-withdrawn' | 'command-released' | 'command-taken'
  },
): string {
  switch (entry.kind) {
    case 'handover-offered':
      return `Offered command to ${entry.body.to}${entry.body.where === 'other-desk' ? ' at another desk' : ''}.`
    case 'handover-accepted':
      return `Read the brief and accepted command${wordsSaid('six words', entry.body.words)}.`
    case 'handover-withdrawn':
      return sentence(`Took the offer of command back: ${entry.body.reason}`)
    case 'command-released':
      return `Command is at the other desk; this one only looks on${wordsSaid('read back', entry.body.words)}.`
    case 'command-taken':
      return sentence(`Took command at this desk, without an offer: ${entry.body.reason}`)
  }
}

/** Nobody has read them out when command is accepted; when it is released they were. */
function wordsSaid(as: 'six words' | 'read back', words: string | null): string {
  return words === null ? '' : ` (${as}: ${words})`
}

const relationWords = {
  related: 'is related to',
  'duplicate-of': 'is a duplicate of',
  'caused-by': 'was caused by',
} as const

function relatedSentence({ number, how }: (KnownEntry & { kind: 'related' })['body']): string {
  if (how === null) return `This incident has nothing to do with ${number} after all.`
  return `This incident ${relationWords[how]} ${number}.`
}

const resultWords = {
  reached: 'reached',
  voicemail: 'left a message',
  'no-answer': 'no answer',
  refused: 'refused',
  'wrong-number': 'wrong number',
} as const

function calledSentence({ role, person, means, result, note }: (KnownEntry & { kind: 'called' })['body']): string {
  const whom = person === null ? role.title : `${role.title} ${person.name}`
  return sentence(`Called ${whom} by ${means}: ${resultWords[result]}${note === null ? '' : `. ${note}`}`)
}

const toldWords = { told: 'Told', 'not-reached': 'Did not reach', 'not-needed': 'No need to tell' } as const

function notifiedSentence({
  notification,
  to,
  means,
  result,
  note,
}: (KnownEntry & { kind: 'notified' })['body']): string {
  const how = means === null ? '' : ` by ${means}`
  return sentence(`${toldWords[result]} ${to}${how} (${notification.title})${note === null ? '' : `: ${note}`}`)
}

function roleSentence(role: string, name: string | null): string {
  if (name === null) return `Nobody is ${role} any more.`
  return role === 'commander' ? `${name} took command.` : `${name} is ${role}.`
}

function erasedSentence({ entry, bundle, reason, approver }: (KnownEntry & { kind: 'erased' })['body']): string {
  const what = entry === null ? `the evidence ${shortHash(bundle ?? '')}` : `the text of the entry ${shortHash(entry)}`
  return sentence(`Erased ${what}, approved by ${approver.name}: ${reason}`)
}

function keptSentence({
  form,
  title,
  source,
  items,
  size,
  bundle,
  note,
}: (KnownEntry & { kind: 'evidence-kept' })['body']): string {
  const hashed = `${spellSize(size)} (sha256 ${shortHash(bundle)})`
  if (form === 'tar') return `Kept evidence '${title}' from ${source}: ${count(items.length, 'item')}, ${hashed}.`
  return `Attached '${title}', ${hashed}${note === null ? '.' : `: ${sentence(note)}`}`
}

function checkedSentence(body: { bundle: string; result: 'match' | 'mismatch' | 'missing'; because: string }): string {
  const came = {
    match: 'matches its hash',
    mismatch: 'does NOT match its hash: it was changed or damaged after it was kept',
    missing: 'is missing from the store',
  }
  return `Checked the evidence ${shortHash(body.bundle)} (${body.because}): it ${came[body.result]}.`
}

function sweptSentence({ summary, findings }: (KnownEntry & { kind: 'swept' })['body']): string {
  const [first] = findings
  const blind =
    summary.couldNotRead.length === 0 ? '' : ` ${count(summary.couldNotRead.length, 'thing')} could not be read.`
  const looked = `Swept ${summary.endpoint.name} (${count(summary.containers, 'container')})`
  if (first === undefined) return `${looked}: nothing found that is wrong.${blind}`
  return `${looked}: ${count(findings.length, 'finding')}, first ${sentence(`${first.code} ${first.title}`)}${blind}`
}
