import type { ExportFormat } from '../../shared/postmortem/entries.ts'

/* Words of exports. */
export const exportWords = {
  title: 'Export the post-mortem',
  format: 'As',
  formats: {
    md: 'Markdown',
    html: 'HTML, one file',
    pdf: 'PDF, A4',
    json: 'JSON, for programs',
    csv: 'Timeline as CSV',
  } satisfies Record<ExportFormat, string>,
  preview: 'As it would be written now',
  previewing: 'Writing the preview…',
  write: 'Write the file',
  writing: 'Asked: choose where in the dialog of the system…',
  writingOther: 'The file of another incident comes first: choose where in the dialog of the system…',
  written: 'Written',
  to: 'File',
  hash: 'sha256',
  head: 'Journal head',
  headHint: 'Write the head down outside this machine: it proves later that nothing before it was changed.',
}
