import { annexSections } from './annexes.ts'
import { type Block, orTodo, type Section, type Text, toWrite } from './blocks.ts'
import { findingSections } from './finding-sections.ts'
import type { Duration, KeyTime, PostmortemDocument, ReviewField, SeveritySpan } from './model.ts'
import { responseSection } from './response-section.ts'
import { spellDuration } from '../clocks/duration.ts'
import { timelineSection } from './timeline-section.ts'
import { count, dateAndTime, inUtc, localTime, spellOffset, spellSeverity } from './words.ts'

/** The words of the document, section by section, before anyone lays them out. */
export function sectionsOf(document: PostmortemDocument): Section[] {
  return [
    shortForm(document),
    impact(document),
    keyTimes(document),
    ...findingSections(document),
    responseSection(document),
    timelineSection(document),
    review(document),
    ...annexSections(document),
  ]
}

/** Who, what, how bad: the facts that stand under the title. */
export function headerFacts({ header, integrity }: PostmortemDocument): (readonly [string, Text])[] {
  const { pack, overlay, roles } = header
  const held = Object.entries(roles).filter(([role]) => role !== 'commander')
  return [
    ['Incident', [{ strong: header.number }, { quiet: ` ${header.id}` }]],
    ['Mode', [{ strong: modeWords[header.mode] }]],
    ['Status', [{ strong: statusWords[header.status] }]],
    ['Severity', [...severityWords(header)]],
    ['Commander', [roles.commander ?? 'nobody']],
    ['Other roles', [held.map(([role, name]) => `${role}: ${name ?? 'nobody'}`).join(' · ')]],
    ['Runbook', pack === null ? ['none'] : [`${pack.title} ${pack.version}, sha256 `, { mono: pack.hash }]],
    ...(overlay === null
      ? []
      : [['Filled by', [`the overlay ${overlay.title}, sha256 `, { mono: overlay.hash }]] as const]),
    ['Post-mortem due', [dueWords(header)]],
    [
      'Journal head',
      integrity.head === null
        ? ['none']
        : [{ mono: integrity.head.hash }, ` (${count(integrity.entries, 'entry', 'entries')})`],
    ],
    ['Told up to', [`${inUtc(header.madeAt)}, by Muster ${header.version}`]],
  ]
}

export const modeWords = {
  live: 'LIVE',
  exercise: 'EXERCISE: nothing in this document happened to a real system',
  routine: 'ROUTINE',
}

const statusWords = {
  unconfirmed: 'Open, not confirmed yet',
  open: 'Open: this document is a snapshot, not the last word',
  resolved: 'Resolved',
  'false-alarm': 'Ended as a false alarm',
}

function severityWords({ reached, inForce }: PostmortemDocument['header']): Text {
  if (reached === null) return ['none was set']
  const now = inForce === null ? 'none' : `${spellSeverity(inForce)}${inForce.assumed ? ' (assumed)' : ''}`
  return ['reached ', { strong: spellSeverity(reached) }, `, in force ${now}`]
}

function dueWords({ dueAt, dueWithinHours, status }: PostmortemDocument['header']): string {
  if (dueAt !== null) return inUtc(dueAt)
  if (dueWithinHours === null || status === 'false-alarm') return 'the runbook sets no time'
  return `${count(dueWithinHours, 'hour')} after the incident is resolved`
}

function shortForm(document: PostmortemDocument): Section {
  const open: Block[] = document.header.open
    ? [{ block: 'paragraph', tone: 'alarm', text: [{ strong: 'Not resolved.' }, ' What follows can still change.'] }]
    : []
  return {
    id: 'short-form',
    title: 'In short',
    blocks: [
      ...open,
      ...document.conflicts.map((said): Block => ({ block: 'paragraph', tone: 'alarm', text: [said] })),
      ...document.summary.map((said): Block => ({ block: 'paragraph', text: [said] })),
      { block: 'picture', document },
    ],
  }
}

function impact({ impact: stated }: PostmortemDocument): Section {
  const said: Block =
    stated === null
      ? { block: 'paragraph', text: ['What customers noticed: ', toWrite] }
      : { block: 'paragraph', text: [stated.text, { quiet: ` (stated by ${stated.by} at ${inUtc(stated.at)})` }] }
  return { id: 'impact', title: 'Impact', blocks: [said] }
}

function keyTimes({ header, times, durations, severities }: PostmortemDocument): Section {
  const { offsetMinutes } = header
  const local = offsetMinutes === null ? [] : [spellOffset(offsetMinutes)]
  return {
    id: 'key-times',
    title: 'Key times',
    blocks: [
      {
        block: 'table',
        caption: 'Moments',
        columns: ['Moment', 'UTC', ...local, 'Where it comes from'],
        rows: times.map((time) => timeRow(time, offsetMinutes)),
      },
      {
        block: 'table',
        caption: 'How long it took',
        columns: ['From what to what', 'Time'],
        rows: durations.map(durationRow),
      },
      ...severityTable(severities),
    ],
  }
}

function timeRow({ title, at, known, basis }: KeyTime, offsetMinutes: number | null): Text[] {
  const missing: Text = known === 'to-write' ? [toWrite] : ['not yet']
  const when: Text = at === null ? missing : [{ whole: dateAndTime(at) }]
  const local: Text[] = offsetMinutes === null ? [] : [[{ whole: at === null ? '' : localTime(at, offsetMinutes) }]]
  return [[{ whole: title }], when, ...local, [basis]]
}

function durationRow({ title, ms, basis }: Duration): Text[] {
  return [[title], [ms === null ? 'not known' : spellDuration(ms), { quiet: basis === '' ? '' : ` (${basis})` }]]
}

function severityTable(severities: readonly SeveritySpan[]): Block[] {
  if (severities.length === 0) return []
  return [
    {
      block: 'table',
      caption: 'Severity over time',
      columns: ['From (UTC)', 'Severity', 'In force', 'Why', 'By'],
      rows: severities.map(({ from, severity, ms, assumed, reason, by }) => [
        [{ whole: dateAndTime(from) }],
        [{ whole: spellSeverity(severity) }, ...(assumed ? [{ quiet: ' assumed' }] : [])],
        [{ whole: spellDuration(ms) }],
        [reason],
        [{ whole: by }],
      ]),
    },
  ]
}

function review({ review: asked }: PostmortemDocument): Section {
  const from = asked.fromPack
    ? 'The sections that the runbook asks for. What the journal knows is filled in; the rest is for people to write.'
    : 'The runbook of this incident could not be read, so these are common sections; the rest is for people to write.'
  return {
    id: 'review',
    title: `Review: ${asked.title}`,
    blocks: [{ block: 'paragraph', tone: 'note', text: [from] }, ...asked.sections.flatMap(reviewBlocks)],
  }
}

function reviewBlocks({ title, fields }: PostmortemDocument['review']['sections'][number]): Block[] {
  const heading: Block = { block: 'heading', text: [title] }
  const [only] = fields
  if (fields.length === 1 && only !== undefined) return [heading, ...fieldBlocks(only)]
  return [
    heading,
    { block: 'facts', rows: fields.map((field): readonly [string, Text] => [field.title, shortField(field)]) },
    ...fields.flatMap(leads),
  ]
}

function shortField({ value, hint }: ReviewField): Text {
  return [orTodo(value), ...(value === null && hint !== null ? [{ quiet: ` ${hint}` }] : [])]
}

function fieldBlocks(field: ReviewField): Block[] {
  if (field.form === 'action-items') return [...leads(field), actionTable]
  const text = shortField(field)
  return [...leads(field), field.form === 'list' ? { block: 'list', items: [text] } : { block: 'paragraph', text }]
}

function leads({ leads: known }: ReviewField): Block[] {
  return known.map(
    (lead): Block => ({ block: 'paragraph', tone: 'note', text: [{ strong: 'From the journal: ' }, lead] }),
  )
}

const actionTable: Block = {
  block: 'table',
  caption: null,
  columns: ['Action', 'Owner', 'Due'],
  rows: [[[toWrite], [toWrite], [toWrite]]],
}
