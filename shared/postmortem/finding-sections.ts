import type { Block, Section, Text } from './blocks.ts'
import type { FindingRecord, PostmortemDocument, SweepLine, WaiverLine } from './model.ts'
import { count, dateAndTime, inUtc, isoOf, sentence, shortHash } from './words.ts'

const sureWords = {
  measured: 'measured: read straight from the target',
  likely: 'likely: joined from several readings',
  possible: 'possible: a guess',
}

/** What the sweeps found, in full; and each sweep in a line. */
export function findingSections(document: PostmortemDocument): Section[] {
  return [{ id: 'findings', title: 'Findings', blocks: findingBlocks(document) }]
}

function findingBlocks(document: PostmortemDocument): Block[] {
  const { sweeps, findings } = document
  if (sweeps.length === 0) {
    return [{ block: 'paragraph', text: ['No sweep was made: nothing was read from a target.'] }]
  }
  const present = findings.filter(({ now }) => now === 'present')
  const gone = findings.filter(({ now }) => now !== 'present')
  return [
    { block: 'heading', text: ['There at the last sweep'] },
    ...(present.length === 0
      ? [{ block: 'paragraph', text: ['The last sweep of each target found nothing that is wrong.'] } as const]
      : present.map((record) => card(record, document))),
    ...(gone.length === 0 ? [] : [{ block: 'heading', text: ['Found earlier, not at the last sweep'] } as const]),
    ...gone.map((record) => card(record, document)),
    ...waived(document.waivers),
    { block: 'heading', text: ['Sweeps'] },
    sweepTable(sweeps),
    ...blindSpots(sweeps),
  ]
}

function card(record: FindingRecord, document: PostmortemDocument): Block {
  const { finding } = record
  const { object } = finding
  const belongs = [object.project, object.service].filter((name) => name !== null).join(' / ')
  const lines: (Text | null)[] = [
    [sentence(finding.why)],
    finding.cause === null ? null : [{ strong: 'Cause: ' }, sentence(finding.cause)],
    finding.effects.length === 0
      ? null
      : [
          { strong: 'What follows from it: ' },
          finding.effects.map(({ code, title }) => `${code} ${title}`).join('; '),
          '.',
        ],
    finding.changed.length === 0
      ? null
      : [
          { strong: 'Changed shortly before: ' },
          finding.changed.map(({ at, what }) => `${timeWords(at)} ${what}`).join('; '),
          '.',
        ],
    [
      { strong: 'How sure: ' },
      sureWords[finding.sure],
      finding.since === null ? '.' : `. Since ${timeWords(finding.since)}.`,
    ],
    [{ strong: 'Next step given: ' }, sentence(finding.next)],
    [
      {
        quiet: `${object.kind} ${object.name}${belongs === '' ? '' : ` (${belongs})`} on ${record.target} · ${seenWords(record)}`,
      },
    ],
    evidenceLine(record, document),
  ]
  return {
    block: 'card',
    title: [{ mono: finding.code }, ` ${finding.title}`],
    lines: lines.filter((line) => line !== null),
  }
}

function seenWords({ firstSeen, lastSeen, sweeps, now }: FindingRecord): string {
  const seen =
    sweeps === 1
      ? `seen by the sweep of entry ${firstSeen.no}`
      : `seen by ${sweeps} sweeps, from entry ${firstSeen.no} to entry ${lastSeen.no}`
  if (now === 'gone') return `${seen}; the last sweep did not find it again`
  return now === 'unsure' ? `${seen}; not found again, but the last sweep could not read everything` : seen
}

function evidenceLine({ bundle, finding }: FindingRecord, { evidence }: PostmortemDocument): Text {
  const kept = evidence.find((record) => record.bundle === bundle)
  const items = finding.evidence.length === 0 ? 'the bundle as a whole' : finding.evidence.join(', ')
  return kept === undefined
    ? [{ quiet: `Read from ${items} of a bundle that is not in this incident (${shortHash(bundle)})` }]
    : [{ quiet: 'Read from ' }, { say: kept.ref, to: `evidence-${kept.ref}` }, { quiet: `: ${items}` }]
}

function sweepTable(sweeps: readonly SweepLine[]): Block {
  return {
    block: 'table',
    caption: null,
    columns: ['Entry', 'UTC', 'Target', 'Read', 'Found'],
    rows: sweeps.map((sweep) => [
      [String(sweep.no)],
      [{ whole: dateAndTime(sweep.at) }],
      [sweep.target, { quiet: sweep.engine === null ? ' not reached' : ` engine ${sweep.engine}` }],
      [
        `${count(sweep.containers, 'container')}, ${sweep.calls.answered} of ${count(sweep.calls.asked, 'call')}, ${(sweep.tookMs / 1000).toFixed(1)} s`,
      ],
      [sweep.first === null ? 'nothing wrong' : `${count(sweep.found, 'finding')}, first ${sweep.first}`],
    ]),
  }
}

function blindSpots(sweeps: readonly SweepLine[]): Block[] {
  const blind = sweeps.flatMap(({ no, couldNotRead }) =>
    couldNotRead.map(({ what, why }): Text => [`Entry ${no}: ${what}: ${sentence(why)}`]),
  )
  if (blind.length === 0) return []
  return [
    { block: 'paragraph', text: [{ strong: 'Could not be read:' }] },
    { block: 'list', items: blind },
  ]
}

/** A waiver takes no finding out of a count: each stands above as well. */
function waived(waivers: readonly WaiverLine[]): Block[] {
  if (waivers.length === 0) return []
  return [
    { block: 'heading', text: ['Accepted for a time'] },
    {
      block: 'list',
      items: waivers.map(({ no, at, by, title, until, reason }) => [
        `Entry ${no}, ${inUtc(at)}: `,
        { strong: title },
        until === null
          ? ` is no longer accepted, said ${by}: ${sentence(reason)}`
          : ` accepted until ${inUtc(until)} by ${by}: ${sentence(reason)}`,
      ]),
    },
  ]
}

function timeWords(text: string): string {
  const iso = isoOf(text)
  return iso === null ? text : inUtc(iso)
}
