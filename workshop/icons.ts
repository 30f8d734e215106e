import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { chromium } from 'playwright'
import { findChromium } from '../main/setup/choose-shell.js'
import { root } from './project.ts'

/**
 * `npm run icons`: draws assets/icons/icon.svg in every size that a desktop asks for, and packs them for macOS (icns)
 * and Windows (ico). The results are committed; run it again when the drawing changes.
 */
const folder = path.join(root, 'assets', 'icons')
const sizes = [16, 32, 48, 64, 128, 256, 512, 1024] as const
type Size = (typeof sizes)[number]

/** icns: four-letter types whose content is a PNG. https://en.wikipedia.org/wiki/Apple_Icon_Image_format#Icon_types */
const appleTypes: readonly (readonly [string, Size])[] = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
]

async function draw(): Promise<Map<Size, Buffer>> {
  const found = await findChromium(root)
  if ('problem' in found) throw new Error(found.problem)
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({ executablePath: found.binary, args })
  const drawing = readFileSync(path.join(folder, 'icon.svg'), 'utf8')
  try {
    const pictures = new Map<Size, Buffer>()
    for (const size of sizes) {
      const page = await browser.newPage({ viewport: { width: size, height: size } })
      await page.setContent(
        `<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${drawing}`,
      )
      pictures.set(size, await page.screenshot({ omitBackground: true }))
      await page.close()
    }
    return pictures
  } finally {
    await browser.close()
  }
}

/** An icns file: a header, then for each picture its type, its length with these eight bytes, and the PNG. */
function appleIcon(pictures: ReadonlyMap<Size, Buffer>): Buffer {
  const blocks = appleTypes.map(([type, size]) => {
    const png = pictures.get(size) ?? Buffer.alloc(0)
    const head = Buffer.alloc(8)
    head.write(type, 'latin1')
    head.writeUInt32BE(png.length + 8, 4)
    return Buffer.concat([head, png])
  })
  const head = Buffer.alloc(8)
  head.write('icns', 'latin1')
  head.writeUInt32BE(8 + blocks.reduce((sum, block) => sum + block.length, 0), 4)
  return Buffer.concat([head, ...blocks])
}

/** An ico file with PNGs inside: https://learn.microsoft.com/windows/win32/menurc/icon-file-formats (Vista and later). */
function windowsIcon(pictures: ReadonlyMap<Size, Buffer>): Buffer {
  const used = [...pictures].filter(([size]) => size <= 256)
  const head = Buffer.alloc(6 + 16 * used.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(used.length, 4)
  let offset = head.length
  used.forEach(([size, png], index) => {
    const at = 6 + 16 * index
    head.writeUInt8(size === 256 ? 0 : size, at)
    head.writeUInt8(size === 256 ? 0 : size, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(png.length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += png.length
  })
  return Buffer.concat([head, ...used.map(([, png]) => png)])
}

const pictures = await draw()
mkdirSync(folder, { recursive: true })
writeFileSync(path.join(folder, 'icon.png'), pictures.get(512) ?? '')
writeFileSync(path.join(folder, 'icon.icns'), appleIcon(pictures))
writeFileSync(path.join(folder, 'icon.ico'), windowsIcon(pictures))
console.log(`Drew ${pictures.size} sizes into ${path.relative(root, folder)}.`)
