/** CRC-32 (ISO 3309, as in zip and PNG) of a text of ASCII characters, as 8 lower-case hex digits. */
export function crc32(text: string): string {
  let crc = 0xffffffff
  for (let at = 0; at < text.length; at += 1) crc = (crc >>> 8) ^ stepOf((crc ^ text.charCodeAt(at)) & 0xff)
  return ((crc ^ 0xffffffff) >>> 0).toString(16).padStart(8, '0')
}

function stepOf(byte: number): number {
  let value = byte
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
}
