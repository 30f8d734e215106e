import type { ExportedFile, ImportedFile } from '../../shared/journal/merge.ts'
import { count, shortHash } from './time.ts'

/* Words of bringing an incident to another desk, and theirs here. */
export const mergingWords = {
  command: 'Bring an incident to another desk, or theirs here',
  title: 'From desk to desk',
  what: 'One file holds one incident with its evidence. Another desk imports it, goes on, and exports it back: nothing is lost and nothing is there twice. The file is not encrypted.',
  exportTitle: 'Take this incident along',
  withEvidence: 'With its evidence',
  export: 'Export…',
  exporting: 'Writing the file…',
  exportingOther: 'Writing the file of another incident…',
  importTitle: 'Take over what another desk exported',
  file: 'File',
  choose: 'Choose…',
  chooseTitle: 'Choose the file of the incident',
  import: 'Import',
  importing: 'Checking every entry of the file…',
  openIncident: 'Open it',
  exported: ({ number, path, entries, chains, bundles }: ExportedFile) =>
    `Wrote ${number} to ${path}: ${count(entries, 'entry', 'entries')} in ${count(chains, 'chain')}, ${count(bundles, 'bundle')} of evidence.`,
  leftOut: ({ bundle, why }: ExportedFile['leftOut'][number]) =>
    why === 'missing'
      ? `Left out: the evidence ${shortHash(bundle)} is not in the store of this desk.`
      : `Left out: the evidence ${shortHash(bundle)} is no longer what was kept (MISMATCH).`,
  imported: ({ number, entries, known, chains, newChains }: ImportedFile) =>
    `Imported ${number}: ${count(entries, 'new entry', 'new entries')}, ${known} known, in ${count(chains, 'chain')} (${newChains} new).`,
  evidence: ({ taken, known, erased, missing }: ImportedFile['evidence']) =>
    [
      `Evidence: ${taken} new, ${known} known`,
      ...(erased > 0 ? [`${erased} erased and not taken over`] : []),
      ...(missing > 0 ? [`${missing} stayed behind at the other desk`] : []),
    ].join(', '),
  erasedTexts: (texts: number) => `${count(texts, 'text')} that the other desk had erased went here too.`,
  wasBehind: "The file knew more of this desk's own chain: this desk goes on under a new one.",
}
