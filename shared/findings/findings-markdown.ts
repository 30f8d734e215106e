import type { CopiedFrom } from '../notes/entry-markdown.ts'
import { escapeText } from '../postmortem/markdown.ts'
import { inUtc } from '../postmortem/words.ts'
import type { Finding } from './finding.ts'

/** What is used of a bundle of evidence. */
interface KeptBundle {
  readonly bundle: string
  readonly items: readonly { readonly name: string; readonly sha256: string }[]
}

interface Source extends CopiedFrom {
  /** When the sweep was kept, ISO UTC, and its evidence. */
  readonly sweptAt: string
  readonly bundle: KeptBundle | null
}

/**
 * Findings as Markdown for a ticket or a chat: what, why, how sure, what to do next, and the hash of the evidence that each
 * was read from, by which anyone finds it. Times are UTC.
 */
export function findingsMarkdown(findings: readonly Finding[], from: Source): string {
  const head = `${from.exercise ? '**EXERCISE** ' : ''}**${escapeText(from.number)}** ${escapeText(from.title)}`
  const swept = `Sweep of ${inUtc(from.sweptAt)}${from.bundle === null ? '' : `, evidence sha256 \`${from.bundle.bundle}\``}`
  return `${[head, swept, '', ...findings.flatMap((finding) => linesOf(finding, from.bundle))].join('\n')}\n`
}

function linesOf(finding: Finding, bundle: KeptBundle | null): string[] {
  const since = finding.since === null ? '' : `, since ${inUtc(finding.since)}`
  const items = new Map(bundle?.items.map(({ name, sha256 }) => [name, sha256]))
  return [
    `- **${finding.code}** ${escapeText(finding.title)} (${finding.sure}${since})`,
    `  ${escapeText(finding.why)}`,
    ...finding.effects.slice(0, 20).map(({ code, title }) => `  - ${code} ${escapeText(title)}`),
    ...finding.changed.map(({ at, what }) => `  Changed ${inUtc(at)}: ${escapeText(what)}`),
    `  Next: ${escapeText(finding.next)}`,
    ...finding.evidence.flatMap((name) => {
      const sha256 = items.get(name)
      return sha256 === undefined ? [] : [`  \`${name} sha256 ${sha256}\``]
    }),
  ]
}
