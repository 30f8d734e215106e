import jsQr from 'jsqr'
import type { QrPicture } from '../../../shared/anchors/qr-picture.ts'

/** Pixels as a camera or a screenshot gives them: four bytes each. */
export interface Pixels {
  readonly data: Uint8ClampedArray
  readonly width: number
  readonly height: number
}

/** Fills the rectangles of the path, `scale` pixels for each module. */
export function draw({ size, path }: QrPicture, scale: number): Pixels {
  const width = size * scale
  const data = new Uint8ClampedArray(width * width * 4).fill(255)
  for (const [, x = '', y = '', run = ''] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1) {
      const from = (row * width + Number(x) * scale) * 4
      for (let at = from; at < from + Number(run) * scale * 4; at += 1) if (at % 4 !== 3) data[at] = 0
    }
  }
  return { data, width, height: width }
}

/** What a reader of QR codes sees; null for nothing. Another program than the one that draws them. */
export function scan({ data, width, height }: Pixels): string | null {
  // Under Node's rules for CommonJS the function is the default of the default.
  const read = 'default' in jsQr ? (jsQr.default as typeof jsQr) : jsQr
  return (
    (read as unknown as (data: Uint8ClampedArray, width: number, height: number) => { data: string } | null)(
      data,
      width,
      height,
    )?.data ?? null
  )
}
