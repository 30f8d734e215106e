import type { Verifying } from '../../shared/ledger/verification.ts'
import { bytes } from './time.ts'

/* Words of the journal's verification and of anchors. */
export const verifyWords = {
  title: 'Verify the journal',
  verifying: 'Hashing every entry and every piece of evidence again…',
  progress: ({ step, done, of }: Verifying) => {
    if (step === 'evidence') return `Evidence: ${bytes(done)} of ${bytes(of)}`
    return `${step === 'entries' ? 'Entries' : 'States'}: ${done} of ${of}`
  },
  bar: 'How far it is',
  cancel: 'Stop',
  cancelling: 'Stopping…',
  ok: '✓ MATCH: every entry and every bundle is as it was written',
  notOk: '≠ MISMATCH: something is not as it was written',
  counts: (entries: string, chains: string, bundles: string, ms: number) =>
    `${entries} in ${chains}, ${bundles} of evidence, ${(ms / 1000).toFixed(2)} s`,
  at: (time: string) => `Looked at ${time}.`,
  problems: 'What is wrong',
  erased: 'What was erased, by an entry that says so',
  anchors: 'What anchors say',
  limits: 'What this check cannot see',
  heads: 'Heads',
  again: 'Verify again',
  start: 'Verify',
  anchor: 'An anchor that was kept elsewhere (paste it, or open its file)',
  open: 'Open a file',
  unreadable: (name: string) => `${name} could not be read as text.`,
}

export const anchorWords = {
  title: 'Anchor',
  why: 'The heads, to be kept where nobody who can write this folder can: a message to a colleague, a printed page, a telephone.',
  makeOne: "Show this incident's anchor",
  makeAll: 'Show the anchor of all',
  save: 'Write it into a file',
  saved: 'Written:',
  copy: 'Copy',
  text: 'The anchor as text',
  code: 'The anchor as a QR code',
}
