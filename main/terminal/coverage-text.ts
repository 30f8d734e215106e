import type { PackDiff } from '../../shared/packs/calls.ts'
import type { Coverage } from '../../shared/packs/coverage.ts'
import { counted, plain, table } from './text.ts'

/** What the packs cover, by runbook and kind; then what they do not, and the claims that do not hold. */
export function coverageLines({ rows, covered, seeds, falseClaims }: Coverage): string[] {
  return [
    ...table([
      ['RUNBOOK', 'PACK', 'KIND', 'COVERED', 'OF'],
      ...seeds.flatMap(({ seed, pack, rows, covered, kinds }) => [
        [seed, pack ?? 'none', 'all', String(covered), String(rows)],
        ...kinds.map((kind) => ['', '', kind.kind, String(kind.covered), String(kind.rows)]),
      ]),
    ]),
    ...seeds.flatMap(({ uncovered }) =>
      uncovered.map(({ id, kind, title }) => plain(`Not covered: ${id} (${kind}) ${title}`)),
    ),
    ...falseClaims.map(({ pack, path, id, why }) =>
      plain(`Claimed wrongly: ${id} ${why}. It stands in ${pack}, ${path}.`),
    ),
    `${covered} of ${rows} are covered.${falseClaims.length === 0 ? '' : ` ${counted(falseClaims.length, 'claim')} do not hold.`}`,
  ]
}

/** What an import changed: '+' came, '-' went, '~' changed, each by the ids that lead to it. */
export function diffLines({ before, after, added, removed, changed }: PackDiff): string[] {
  const total = added.length + removed.length + changed.length
  return [
    `From version ${before.version} to ${after.version}: ${total === 0 ? 'no item changed' : counted(total, 'change')}.`,
    ...added.map(({ path, title }) => plain(`+ ${path}: ${title}`)),
    ...removed.map(({ path, title }) => plain(`- ${path}: ${title}`)),
    ...changed.map(({ path, title, fields }) =>
      plain(`~ ${path === '' ? 'the pack' : path}: ${title} (${fields.join(', ')})`),
    ),
  ]
}
