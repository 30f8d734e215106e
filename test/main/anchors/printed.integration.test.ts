import { execFileSync } from 'node:child_process'
import { chromium } from 'playwright'
import { expect, test } from 'vitest'
import { qrOf } from '../../../main/anchors/qr.ts'
import { readAnchors } from '../../../shared/anchors/read-anchors.ts'
import { postmortemDocument } from '../../../shared/postmortem/document.ts'
import { postmortemHtml } from '../../../shared/postmortem/html.ts'
import { postmortemMarkdown } from '../../../shared/postmortem/markdown.ts'
import { wholeStory } from '../../shared/postmortem/story.ts'
import { scan } from './rendered.ts'

const story = wholeStory()
const document = () => postmortemDocument(story.input({ drawCode: qrOf }))

test('the page carries the heads as text and as a code that a reader reads from the printed page', async () => {
  const executablePath = execFileSync('/bin/sh', ['-c', 'command -v chromium || command -v google-chrome'], {
    encoding: 'utf8',
  }).trim()
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'], timeout: 30_000 })
  try {
    const page = await browser.newPage()
    await page.emulateMedia({ media: 'print' })
    await page.setContent(postmortemHtml(document()))
    const text = await page.locator('figure.anchor pre').textContent()
    const [anchor] = readAnchors(text ?? '', 'Read')
    expect(anchor?.incidents[0]?.heads.map(({ hash }) => hash)).toEqual(
      document().integrity.chains.map(({ hash }) => hash),
    )
    const picture = (await page.locator('figure.anchor svg').screenshot()).toString('base64')
    const blank = await browser.newPage()
    const pixels = await blank.evaluate(async (base64) => {
      const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob())
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
      const context = canvas.getContext('2d')
      context?.drawImage(bitmap, 0, 0)
      const data = context?.getImageData(0, 0, bitmap.width, bitmap.height).data
      return { data: Array.from(data ?? []), width: bitmap.width, height: bitmap.height }
    }, picture)
    const scanned = scan({ ...pixels, data: new Uint8ClampedArray(pixels.data) })
    expect(readAnchors(scanned ?? '', 'Read the code')).toEqual([anchor])
  } finally {
    await browser.close()
  }
})

test('the same head gives the same page; Markdown carries the text of the anchor', () => {
  expect(postmortemHtml(document())).toBe(postmortemHtml(document()))
  expect(readAnchors(postmortemMarkdown(document()), 'Read')).toHaveLength(1)
})
