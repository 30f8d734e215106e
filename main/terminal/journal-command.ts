import { resolve } from 'node:path'
import { conflictSentence } from '../../shared/incident/conflicts.ts'
import type { Imported } from '../merge/import-incident.ts'
import { Merger } from '../merge/merger.ts'
import type { WrittenIncidentFile } from '../merge/write-incident-file.ts'
import type { Face } from './face.ts'
import { counted, plain } from './text.ts'

/** `muster journal export ID --out FILE [--without-evidence]` */
export async function journalExportCommand(
  { services, say }: Face,
  named: string,
  options: { out: string; withoutEvidence?: boolean },
): Promise<void> {
  const { id } = await services.desk.ask('find', named)
  const withEvidence = options.withoutEvidence !== true
  const merger = new Merger(services.desk, services.dataFolder)
  const written = await merger.export(id, resolve(options.out), withEvidence)
  say({ id, ...written }, exportedLines(written, withEvidence))
}

/** `muster journal import FILE` */
export async function journalImportCommand({ services, say }: Face, file: string): Promise<void> {
  const merger = new Merger(services.desk, services.dataFolder)
  const imported = await merger.import(resolve(file))
  say(imported, importedLines(imported))
}

function exportedLines(written: WrittenIncidentFile, withEvidence: boolean): string[] {
  const { number, path, entries, chains, bundles, leftOut, sha256 } = written
  const evidence = withEvidence ? `${counted(bundles, 'bundle')} of evidence` : 'no evidence'
  return [
    `Wrote ${number} to ${path}: ${counted(entries, 'entry', 'entries')} in ${counted(chains, 'chain')}, ${evidence}.`,
    ...leftOut.map(({ bundle, why }) => `Left out: the evidence ${bundle.slice(0, 12)}… ${leftOutWords[why]}.`),
    `sha256 ${sha256}`,
  ]
}

const leftOutWords = {
  missing: 'is not in the store of this desk',
  mismatch: 'is no longer what was kept (MISMATCH)',
} as const

function importedLines(imported: Imported): string[] {
  const { number, entries, known, chains, newChains, evidence, wasBehind, erasedTexts, conflicts } = imported
  const missing = evidence.missing === 0 ? '' : `, ${evidence.missing} stayed behind at the other desk`
  const erased = evidence.erased === 0 ? '' : `, ${evidence.erased} erased and not taken over`
  const hasEvidence = Object.values(evidence).some((count) => count > 0)
  return [
    `Imported ${plain(number)}: ${counted(entries, 'new entry', 'new entries')}, ${known} known, in ${counted(chains, 'chain')} (${newChains} new).`,
    ...(hasEvidence ? [`Evidence: ${evidence.taken} new, ${evidence.known} known${erased}${missing}.`] : []),
    ...(erasedTexts === 0 ? [] : [`${counted(erasedTexts, 'text')} that the other desk had erased went here too.`]),
    ...(wasBehind ? ["The file knew more of this desk's own chain: this desk goes on under a new one."] : []),
    ...conflicts.map((conflict) => `CONFLICT: ${plain(conflictSentence(conflict))}`),
  ]
}
