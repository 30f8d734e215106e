import { type Searched, searched } from '../../shared/redaction/word-search.ts'

/** How the characters of a text lie in its bytes, all in `width` bytes each. */
export interface TextEncoding {
  readonly width: 1 | 2
  /** Whole characters, to be searched; the text is made when it is first asked for. */
  open(bytes: Buffer): { readonly searched: Searched; readonly text: () => string }
  encode(text: string): Uint8Array
}

/** Any encoding that ASCII is a part of: each byte is taken for a character, and comes back as it was. */
export const bytewise: TextEncoding = {
  width: 1,
  open(bytes) {
    return { searched: searched(bytes), text: once(() => bytes.toString('latin1')) }
  },
  encode: (text) => Buffer.from(text, 'latin1'),
}

/** UTF-16 in either order of bytes (RFC 2781). Every pair of bytes comes back as it was, lone surrogates too. */
export function utf16(order: 'little' | 'big'): TextEncoding {
  const swapped = (bytes: Buffer) => (order === 'big' ? Buffer.from(bytes).swap16() : bytes)
  return {
    width: 2,
    open(bytes) {
      const little = swapped(bytes)
      const low = new Uint8Array(little.length / 2)
      for (let at = 0; at < low.length; at += 1) {
        low[at] = little[2 * at + 1] === 0 ? (little[2 * at] ?? 0) : 0
      }
      return { searched: searched(low), text: once(() => little.toString('utf16le')) }
    },
    encode: (text) => swapped(Buffer.from(text, 'utf16le')),
  }
}

function once(make: () => string): () => string {
  let made: string | null = null
  return () => (made ??= make())
}
