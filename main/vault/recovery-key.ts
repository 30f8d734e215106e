import { randomBytes } from 'node:crypto'
import { refuse } from '../../shared/refusal.ts'

/** Crockford's base 32: no letter that is taken for a digit (https://www.crockford.com/base32.html). */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const SYMBOLS = 32

/** A key to print: 160 random bits as eight groups of four. */
export function newRecoveryKey(): { text: string; key: Buffer } {
  const text = Array.from(randomBytes(SYMBOLS), (byte) => LETTERS[byte % 32]).join('')
  return { text: (text.match(/.{4}/g) ?? []).join('-'), key: keyOf(text) }
}

/** Reads what a person typed from the sheet: groups, blanks and small letters as they like, O for 0, I and L for 1. */
export function readRecoveryKey(typed: string): Buffer {
  const text = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  if (text.length === SYMBOLS && Array.from(text).every((letter) => LETTERS.includes(letter))) return keyOf(text)
  throw refuse('bad-input', {
    tried: 'Read the recovery key',
    happened: `It has ${SYMBOLS} letters and digits in eight groups; this has ${text.length}, or one that does not occur.`,
    next: 'Compare it with the printed sheet, group by group.',
  })
}

/** The letters themselves are the key's bytes: what is derived from them is what seals. */
function keyOf(text: string): Buffer {
  return Buffer.from(text, 'ascii')
}
