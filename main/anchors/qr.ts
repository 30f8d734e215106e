import encodeQr from 'qr'
import { type Anchor, anchorCode } from '../../shared/anchors/anchor.ts'
import type { QrPicture } from '../../shared/anchors/qr-picture.ts'

/**
 * Past this a code has more than 125 modules a side, and at 6 cm on paper a telephone no longer tells them apart: five desks
 * of one incident with the ledger still fit.
 */
const MOST_CHARACTERS = 1_600
/** The quiet zone that readers need around a code, in modules (ISO/IEC 18004:2015, 6.3.8). */
const BORDER = 4

/** The anchor as a QR code; null where it holds more heads than one can carry. The same anchor gives the same code. */
export function qrOf(anchor: Anchor): QrPicture | null {
  const code = anchorCode(anchor)
  if (code.length > MOST_CHARACTERS) return null
  const rows = encodeQr(code, 'raw', { ecc: 'low', encoding: 'alphanumeric', border: BORDER })
  return { size: rows.length, path: rows.map(rowPath).join('') }
}

/** Each run of dark modules as one rectangle. */
function rowPath(row: readonly boolean[], y: number): string {
  let path = ''
  for (let x = 0; x < row.length; x += 1) {
    const from = x
    while (row[x] === true) x += 1
    if (x > from) path += `M${from} ${y}h${x - from}v1h-${x - from}z`
  }
  return path
}
