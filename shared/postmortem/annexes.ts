import type { CustodyStep, EvidenceItem } from '../evidence/entries.ts'
import type { Block, Piece, Section, Text } from './blocks.ts'
import type { EvidenceRecord, PostmortemDocument, Erasure } from './model.ts'
import { count, inUtc, sentence, spellSize } from './words.ts'

const checkWords = {
  match: 'MATCH: the bytes are those that were kept',
  mismatch: 'MISMATCH: the bytes are not those that were kept',
  missing: 'MISSING from the evidence store',
}

/** What was kept and how it can be checked. */
export function annexSections(document: PostmortemDocument): Section[] {
  return [evidenceAnnex(document), integrityAnnex(document)]
}

function evidenceAnnex({ evidence }: PostmortemDocument): Section {
  const none: Block = { block: 'paragraph', text: ['No evidence was kept.'] }
  return {
    id: 'evidence',
    title: 'Annex: evidence',
    blocks: evidence.length === 0 ? [none] : evidence.flatMap(bundleBlocks),
  }
}

function bundleBlocks(record: EvidenceRecord): Block[] {
  const { ref, bundle, size, title, source, collector, tool, keptAt, note, stored, items, custody, lastCheck, erased } =
    record
  const check = lastCheck === null ? 'not since it was kept' : `${inUtc(lastCheck.at)}: ${checkWords[lastCheck.result]}`
  return [
    { block: 'heading', id: `evidence-${ref}`, text: [`${ref}: ${title}`] },
    {
      block: 'facts',
      rows: [
        ['sha256', [{ mono: bundle }]],
        ['Size', [`${spellSize(size)} (${size} bytes), ${count(items.length, 'item')}`]],
        ['In the store', [storedWords(stored)]],
        ['Source', [source]],
        ['Collected by', [`${collector}, with ${tool}`]],
        ['Kept at', [inUtc(keptAt)]],
        ['Last hashed again', [check]],
        ...(erased === null ? [] : [['Erased', [erasedWords(erased)]] as const]),
        ...(note === null ? [] : [['Note', [note]] as const]),
      ],
    },
    {
      block: 'table',
      caption: `Items of ${ref}`,
      columns: ['Item and call', 'Outcome', 'Volatility', 'Size', 'sha256', 'Masked, missing'],
      rows: items.map(itemRow),
    },
    {
      block: 'table',
      caption: `Custody of ${ref}`,
      columns: ['When', 'Who', 'What', 'Result', 'Why'],
      rows: custody.map(custodyRow),
    },
  ]
}

function erasedWords({ no, at, by, approver, reason }: Erasure): string {
  const place = no === null ? '' : ` (entry ${no})`
  return sentence(`The bytes were erased by ${by} at ${inUtc(at)}${place}, approved by ${approver}: ${reason}`)
}

function storedWords({ encoding, size }: EvidenceRecord['stored']): string {
  return encoding === 'zstd' ? `compressed with zstd, ${spellSize(size)}` : 'as it is'
}

function custodyRow({ at, by, what, item, result, because, to, how }: CustodyStep): Text[] {
  const done =
    what === 'released'
      ? [{ strong: 'released ' }, item ?? '', ` to ${to ?? 'nobody'}, ${how ?? ''}`]
      : [what === 'collected' ? 'collected' : 'hashed again']
  return [[inUtc(at)], [by], done, [result === null ? '' : checkWords[result]], [because ?? '']]
}

function itemRow({
  volatility,
  covers,
  name,
  request,
  outcome,
  started_at,
  took_ms,
  size,
  sha256,
  masked,
  truncated_of,
}: EvidenceItem): Text[] {
  const hidden = masked.map(({ rule, count: times }) => `${rule} × ${times}`).join(', ')
  const cut =
    truncated_of === null
      ? ''
      : truncated_of < 0
        ? 'cut, the whole is larger'
        : `cut, the whole is ${spellSize(truncated_of)}`
  return [
    [{ strong: name }, '\n', { mono: request }],
    [outcome, { quiet: `\n${inUtc(started_at)}, ${Math.round(took_ms)} ms${periodWords(covers)}` }],
    [`${volatility.rank} `, { quiet: volatility.name }],
    [{ whole: spellSize(size) }],
    [{ mono: sha256 }],
    [[hidden, cut].filter((said) => said !== '').join('; ') || 'nothing'],
  ]
}

function periodWords(covers: EvidenceItem['covers']): string {
  return covers === null ? '' : `; tells of ${inUtc(covers.from)} to ${inUtc(covers.to)}`
}

function integrityAnnex({ integrity }: PostmortemDocument): Section {
  const { head, entries, unread, erased, chains, anchor, verified, verdict, limits, howTo, exports } = integrity
  const headRows: (readonly [string, Text])[] =
    head === null
      ? [['Head', ['none: the journal is empty']]]
      : [
          ['Head', [{ mono: head.hash }]],
          ['Chain', [{ mono: head.chain }, ` entry ${head.seq} of it`]],
          ['Logged', [inUtc(head.at)]],
        ]
  const goneWords = erased === 0 ? '' : `; ${erased} without text, as it was erased`
  const unreadWords =
    unread === 0 ? 'all of them read' : `${unread} of them not readable by this Muster, kept as they stand`
  return {
    id: 'integrity',
    title: 'Annex: integrity',
    blocks: [
      { block: 'facts', rows: [...headRows, ['Entries', [`${entries}, ${unreadWords}${goneWords}`]]] },
      ...(chains.length > 1 ? [chainTable(chains)] : []),
      {
        block: 'paragraph',
        ...(verified?.ok === false ? { tone: 'alarm' as const } : {}),
        text: [{ strong: verdict }],
      },
      ...(verified === null || verified.problems.length === 0
        ? []
        : [{ block: 'list', items: verified.problems.map((problem): Text => [problem]) } as const]),
      ...(anchor === null ? [] : anchorBlocks(anchor)),
      { block: 'heading', text: ['What a chain cannot prove'] },
      { block: 'list', items: limits.map((limit): Text => [limit]) },
      { block: 'heading', text: ['How to check it'] },
      { block: 'list', items: howTo.map(withCode) },
      ...earlierExports(exports),
    ],
  }
}

function anchorBlocks(anchor: NonNullable<PostmortemDocument['integrity']['anchor']>): Block[] {
  return [
    { block: 'heading', text: ['Anchor'] },
    {
      block: 'paragraph',
      text: ['The heads of this incident, for as long as this page is kept where nobody can write the journal too.'],
    },
    { block: 'anchor', ...anchor },
  ]
}

function chainTable(chains: PostmortemDocument['integrity']['chains']): Block {
  return {
    block: 'table',
    caption: 'Chains of this incident, one for each desk that wrote to it',
    columns: ['Chain', 'Entries', 'Last entry'],
    rows: chains.map(({ chain, entries, seq, hash }) => [
      [{ mono: chain }],
      [String(entries)],
      [`${seq} `, { mono: hash }],
    ]),
  }
}

function earlierExports(exports: PostmortemDocument['integrity']['exports']): Block[] {
  if (exports.length === 0) return []
  return [
    { block: 'heading', text: ['Earlier exports'] },
    {
      block: 'list',
      items: exports.map(
        ({ at, format, name, head }): Text => [`${inUtc(at)} ${format.toUpperCase()} ${name}, head `, { mono: head }],
      ),
    },
  ]
}

/** What stands between backticks is a command or a path. */
function withCode(line: string): Text {
  return line.split('`').map((part, index): Piece => (index % 2 === 1 ? { mono: part } : part))
}
