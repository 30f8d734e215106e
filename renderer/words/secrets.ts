import { secretWords } from '../../shared/redaction/typed.ts'
import type { Refusal } from '../../shared/refusal.ts'

/* Words of the question whether something typed is a secret. */
export const secretsWords = {
  title: 'This looks like a secret',
  why: 'What is logged stays in the journal, its copies and its exports. A secret there can only be erased later, with a reason.',
  found: (rule: string) => `looks like ${secretWords(rule)}`,
  mask: 'Log it masked',
  keep: 'It is none: log it as it is',
  cancel: 'Back to the text',
  cancelled: {
    code: 'cancelled',
    tried: 'Log what was typed',
    happened: 'It holds something that looks like a secret. Nothing was logged.',
    next: 'Take the secret out, or log it masked.',
  } satisfies Refusal,
}
