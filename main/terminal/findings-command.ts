import type { Finding } from '../../shared/findings/finding.ts'
import { keyOfFinding } from '../../shared/findings/compare.ts'
import { lapsedWaiverOf, waivedLast, waiverOf, type Waivers } from '../../shared/findings/waivers.ts'
import { refuse } from '../../shared/refusal.ts'
import type { Face } from './face.ts'
import { findingJson, linesOfFinding } from './findings-text.ts'
import { counted, plain } from './text.ts'

interface FindingsOptions {
  readonly from?: string
  readonly hygiene?: boolean
}

/**
 * `muster findings ID`: derives the findings of a kept sweep again from its evidence alone, and says whether they are those
 * of the journal. `--from` names the bundle by the first digits of its hash; without it, the newest sweep's.
 */
export async function findingsCommand(face: Face, named: string, options: FindingsOptions): Promise<void> {
  const { id, core, sweep, waivers } = await face.services.desk.ask('find', named)
  const bundle = options.from === undefined ? sweep?.bundle : await bundleNamed(face, id, options.from)
  if (bundle === undefined) throw neverSwept(core.number)
  const derived = await face.services.evidence.derive(id, bundle, face.by)
  const journal = sweep?.bundle === bundle ? sweep.findings : null
  const nowMs = Date.now()
  const all = options.hygiene === true ? derived.hygiene : derived.findings
  const shown = waivedLast(all, waivers, nowMs)
  const waived = shown.filter((finding) => waiverOf(finding, waivers, nowMs) !== null).length
  const head = `${counted(derived.findings.length, 'finding')} and ${counted(derived.hygiene.length, 'untidy thing')} in ${plain(derived.engine)} at ${derived.takenAt}, from the evidence ${bundle.slice(0, 12)} alone.`
  face.say(
    {
      id,
      bundle,
      takenAt: derived.takenAt,
      findings: derived.findings.map(findingJson),
      hygiene: derived.hygiene.map(findingJson),
      waived: Object.values(waivers),
    },
    [
      head,
      ...(waived === 0 ? [] : [`${waived} of these ${counted(all.length, 'finding')} waived.`]),
      ...(journal === null ? [] : [compared(derived.findings, journal)]),
      ...shown.flatMap((finding) => [...linesOfFinding(finding), ...waiverLines(finding, waivers, nowMs)]),
    ],
  )
}

async function bundleNamed({ services }: Face, id: string, prefix: string): Promise<string> {
  const { bundles } = await services.evidence.bundles(id)
  const fitting = bundles.filter(({ bundle }) => bundle.startsWith(prefix.toLowerCase()))
  const [only] = fitting
  if (only !== undefined && fitting.length === 1) return only.bundle
  throw refuse('not-found', {
    tried: `Find the evidence '${plain(prefix).slice(0, 70)}'`,
    happened: only === undefined ? 'This incident has no bundle of that hash.' : `${fitting.length} bundles begin so.`,
    next: 'Type `muster evidence ID` for their hashes.',
  })
}

/** Whether it is waived, or was until lately. */
function waiverLines(finding: Finding, waivers: Waivers, nowMs: number): string[] {
  const held = waiverOf(finding, waivers, nowMs)
  if (held !== null) return [plain(`   Waived until ${held.until} by ${held.by}: ${held.reason}`)]
  const over = lapsedWaiverOf(finding, waivers, nowMs)
  return over === null ? [] : [plain(`   Its waiver ran out at ${over.until}. ${over.by} had said: ${over.reason}`)]
}

function compared(derived: readonly Finding[], journal: readonly Finding[]): string {
  const keys = (findings: readonly Finding[]) => findings.map(keyOfFinding).join('\n')
  return keys(derived) === keys(journal)
    ? 'They are those that the journal holds.'
    : `The journal holds ${counted(journal.length, 'finding')} of that sweep: the rules, or what they are derived from, are others today.`
}

function neverSwept(number: string) {
  return refuse('not-found', {
    tried: `Derive the findings of ${number} again`,
    happened: 'No sweep was kept in it.',
    next: `Sweep first: muster sweep --incident ${number}`,
  })
}
