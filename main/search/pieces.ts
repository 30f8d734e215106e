import { PLAIN_TEXT, UTF16_BIG, UTF16_LITTLE } from '../../shared/evidence/media-type.ts'
import { decoded, mediaTypeOf } from '../evidence/media-type.ts'
import type { Range } from './shards.ts'

/** More of an item than this is not searched, in bytes. */
export const ITEM_CAP = 1_048_576
/** About as long is one piece, in characters: words that are looked for together must stand within one. */
const PIECE = 8_192
/** How many pieces one entry's evidence may have. Ids of pieces rise with the arrival of their entries. */
export const PIECES_PER_ENTRY = 65_536

// What colours a terminal: it hides where a word begins (ECMA-48, control sequences).
const escapes = /\u001b\[[0-9;?]*[A-Za-z]/g
const SEEN_BYTES = 8_192

/** The ids that pieces of an entry's evidence may have. */
export function piecesOf(arrival: number): Range {
  return { from: arrival * PIECES_PER_ENTRY, to: (arrival + 1) * PIECES_PER_ENTRY - 1 }
}

export function arrivalOfPiece(id: number): number {
  return Math.floor(id / PIECES_PER_ENTRY)
}

/** The text of an item's bytes, or null where they are none: a picture, an archive, a core file. */
export function textOfItem(bytes: Uint8Array): string | null {
  const mediaType = mediaTypeOf(bytes.subarray(0, SEEN_BYTES))
  const isUtf16 = mediaType === UTF16_LITTLE || mediaType === UTF16_BIG
  if (!isUtf16 && bytes.subarray(0, SEEN_BYTES).includes(0)) return null
  const text = decoded(bytes, isUtf16 ? mediaType : PLAIN_TEXT)
  const begin = text.slice(0, SEEN_BYTES)
  const unread = begin.split('\ufffd').length - 1
  if (unread > begin.length / 10) return null
  return text.replaceAll(escapes, ' ')
}

/** The text in pieces, parted at line ends where there are any, else between words. Nothing of it is left out. */
export function cutIntoPieces(text: string): string[] {
  const pieces: string[] = []
  for (let at = 0; at < text.length; ) {
    const end = text.length - at <= PIECE ? text.length : cutBefore(text, at)
    pieces.push(text.slice(at, end))
    at = end
  }
  return pieces
}

function cutBefore(text: string, at: number): number {
  const last = text.charCodeAt(at + PIECE - 1)
  // Not between the halves of a surrogate pair.
  const stretch = text.slice(at, at + PIECE - (last >= 0xd800 && last <= 0xdbff ? 1 : 0))
  const line = stretch.lastIndexOf('\n')
  if (line > PIECE / 2) return at + line + 1
  const run = /[\p{L}\p{N}\p{M}]+$/u.exec(stretch)?.[0] ?? ''
  // A run that fills half of it has no end that is worth waiting for.
  return at + stretch.length - (run.length < PIECE / 2 ? run.length : 0)
}
