import type { ExportFormat } from '../../shared/postmortem/entries.ts'

/* Words of exports and of the journal's verification. */
export const exportWords = {
  title: 'Export the post-mortem',
  format: 'As',
  formats: {
    md: 'Markdown',
    html: 'HTML, one file',
    pdf: 'PDF, A4',
    json: 'JSON, for programs',
  } satisfies Record<ExportFormat, string>,
  preview: 'As it would be written now',
  previewing: 'Writing the preview…',
  write: 'Write the file',
  writing: 'Asked: choose where in the dialog of the system…',
  written: 'Written',
  to: 'File',
  hash: 'sha256',
  head: 'Journal head',
  headHint: 'Write the head down outside this machine: it proves later that nothing before it was changed.',
}

export const verifyWords = {
  title: 'Verify the journal',
  verifying: 'Hashing every entry and every piece of evidence again…',
  ok: '✓ MATCH: every entry and every bundle is as it was written',
  notOk: '≠ MISMATCH: something is not as it was written',
  counts: (entries: string, chains: string, bundles: string, ms: number) =>
    `${entries} in ${chains}, ${bundles} of evidence, ${(ms / 1000).toFixed(2)} s`,
  problems: 'What is wrong',
  limits: 'What this check cannot see',
  heads: 'Heads',
  again: 'Verify again',
}
