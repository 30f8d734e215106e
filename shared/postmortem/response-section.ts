import type { Block, Section, Text } from './blocks.ts'
import type { PostmortemDocument, SeveritySpan } from './model.ts'
import { spellOutcome } from './times.ts'
import { dateAndTime, inUtc, sentence, spellSeverity } from './words.ts'

/** How people responded: why each severity, which deadlines were kept, who held which role, which alarms rang. */
export function responseSection(document: PostmortemDocument): Section {
  const { severities, obligations, roles, alarms } = document
  const blocks: Block[] = [
    ...severities.flatMap(severityBlocks),
    ...obligationTable(obligations),
    ...listOf(
      'Roles over time',
      roles.map(
        ({ no, at, role, name }): Text => [`${inUtc(at)} ${role}: ${name ?? 'nobody'}`, { quiet: ` (entry ${no})` }],
      ),
    ),
    ...changeTable(document.changes),
    ...listOf(
      'Alarms that rang',
      alarms.map(({ at, title, dueAt }): Text => [`${inUtc(at)} ${title}, due at ${inUtc(dueAt)}`]),
    ),
  ]
  const none: Block = { block: 'paragraph', text: ['The journal holds no severity, role or deadline.'] }
  return { id: 'response', title: 'Response', blocks: blocks.length === 0 ? [none] : blocks }
}

function severityBlocks({ no, severity, from, assumed, reason, by, path }: SeveritySpan): Block[] {
  const how = assumed ? 'assumed, the higher of two' : 'set'
  const said: Block = {
    block: 'paragraph',
    text: [
      { strong: spellSeverity(severity) },
      ` ${how} by ${by} at ${inUtc(from)}: ${sentence(reason)}`,
      { quiet: ` (entry ${no})` },
    ],
  }
  if (path.length === 0) return [said]
  return [
    said,
    {
      block: 'table',
      caption: `Triage that led to ${severity.code}, entry ${no}`,
      columns: ['Question', 'Answer', 'Led to'],
      rows: path.map(({ question, answer, led }) => [[question], [answer], [led]]),
    },
  ]
}

function obligationTable(obligations: PostmortemDocument['obligations']): Block[] {
  if (obligations.length === 0) return []
  return [
    {
      block: 'table',
      caption: 'Deadlines of the runbook',
      columns: ['What', 'Rule', 'Due (UTC)', 'Happened (UTC)', 'Outcome'],
      rows: obligations.map((obligation) => [
        [{ whole: obligation.title }],
        [obligation.rule],
        [{ whole: dateAndTime(obligation.dueAt) }],
        [{ whole: obligation.endedAt === null ? 'not yet' : dateAndTime(obligation.endedAt) }],
        [spellOutcome(obligation)],
      ]),
    },
  ]
}

function changeTable(changes: PostmortemDocument['changes']): Block[] {
  if (changes.length === 0) return []
  return [
    {
      block: 'table',
      caption: 'What was changed, and from what',
      columns: ['When (UTC)', 'What', 'From', 'To', 'By', 'Entry'],
      rows: changes.map(({ at, field, from, to, by, no }) => [
        [{ whole: dateAndTime(at) }],
        [{ whole: field }],
        [from ?? 'not set'],
        [to],
        [by],
        [String(no)],
      ]),
    },
  ]
}

function listOf(title: string, items: readonly Text[]): Block[] {
  return items.length === 0
    ? []
    : [
        { block: 'heading', text: [title] },
        { block: 'list', items },
      ]
}
