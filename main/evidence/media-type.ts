import { PLAIN_TEXT, UTF16_BIG, UTF16_LITTLE } from '../../shared/evidence/media-type.ts'

/** Beginnings that a format gives all its files. What is text has none of them. */
const beginnings: readonly (readonly [string, readonly number[], number])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], 0],
  ['image/jpeg', [0xff, 0xd8, 0xff], 0],
  ['image/gif', [0x47, 0x49, 0x46, 0x38], 0],
  ['image/webp', [0x57, 0x45, 0x42, 0x50], 8],
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d], 0],
  ['application/zip', [0x50, 0x4b, 0x03, 0x04], 0],
  ['application/gzip', [0x1f, 0x8b], 0],
  ['application/zstd', [0x28, 0xb5, 0x2f, 0xfd], 0],
  ['application/vnd.tcpdump.pcap', [0xd4, 0xc3, 0xb2, 0xa1], 0],
]

/** Pictures that the window shows: those of which every Chromium has a decoder, and none that can hold a script. */
const pictures: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

export const OTHER_BYTES = 'application/octet-stream'

/**
 * The media type that the first bytes tell, never the name or what somebody says of them: `text/plain` where they hold no
 * NUL and hardly another control character, whatever the encoding; UTF-16 where it says so by its first two bytes (Unicode
 * 17, 23.8, byte order mark); `application/octet-stream` where nothing is known.
 */
export function mediaTypeOf(first: Uint8Array): string {
  for (const [type, bytes, at] of beginnings) {
    if (bytes.every((byte, index) => first[at + index] === byte)) return type
  }
  const sample = first.subarray(0, 65_536)
  const utf16 = utf16Of(sample)
  if (utf16 !== null) return utf16
  return isText(sample) ? PLAIN_TEXT : OTHER_BYTES
}

function utf16Of(sample: Uint8Array): string | null {
  const [first, second] = sample
  const isLittle = first === 0xff && second === 0xfe
  if (!isLittle && !(first === 0xfe && second === 0xff)) return null
  const high = isLittle ? 1 : 0
  const units = Uint16Array.from({ length: Math.floor(sample.length / 2) - 1 }, (_none, index) => {
    const at = 2 * index + 2
    return ((sample[at + high] ?? 0) << 8) | (sample[at + 1 - high] ?? 0)
  })
  if (!isText(units)) return null
  return isLittle ? UTF16_LITTLE : UTF16_BIG
}

export function isPicture(mediaType: string | null): boolean {
  return mediaType !== null && pictures.has(mediaType)
}

function isText(units: Uint8Array | Uint16Array): boolean {
  let controls = 0
  for (const unit of units) {
    if (unit === 0) return false
    // Tab, line feed, form feed, carriage return and escape (coloured logs) are at home in text.
    if (unit < 32 && unit !== 9 && unit !== 10 && unit !== 12 && unit !== 13 && unit !== 27) controls += 1
  }
  return controls <= units.length / 100
}

/** The bytes of a text of this media type as characters; what is none is U+FFFD. A byte order mark is none of them. */
export function decoded(bytes: Uint8Array, mediaType: string): string {
  if (mediaType === UTF16_LITTLE) return new TextDecoder('utf-16le').decode(bytes)
  return new TextDecoder(mediaType === UTF16_BIG ? 'utf-16be' : 'utf-8').decode(bytes)
}
