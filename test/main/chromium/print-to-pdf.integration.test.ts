import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { printToPdfHeadless } from '../../../main/chromium/print-to-pdf.ts'

const browserPath = process.env.MUSTER_BROWSER ?? 'chromium'
/** A display that is not there: printing needs none. */
const env = { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '' }

let folder: string

/** A folder for temporary files of this test's own, so that it can see what is left there. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-printing-'))
  vi.stubEnv('TMPDIR', folder)
})

afterAll(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

/** The parts of a PDF that say what is drawn, unpacked. */
function contents(pdf: Uint8Array): string {
  const text = Buffer.from(pdf).toString('latin1')
  return [...text.matchAll(/\/Filter \/FlateDecode[^>]*>>\s*stream\r?\n/g)]
    .map((found) => inflateSync(Buffer.from(text.slice(found.index + found[0].length), 'latin1')).toString('latin1'))
    .join('\n')
}

/** The page in points, seventy-two to the inch. */
function mediaBox(pdf: Buffer): number[] {
  return /\/MediaBox \[([^\]]*)\]/.exec(pdf.toString('latin1'))?.[1]?.split(' ').map(Number) ?? []
}

test('prints A4 with text and title, runs no script and fetches nothing, without a display', async () => {
  const html = `<!doctype html><title>Post-mortem INC-1</title><style>p{break-after:page}</style>
    <script>document.body.textContent = ''; document.title = 'script ran'</script>
    <p>What happened</p><img src="https://example.com/x.png"><p onclick="x">What comes next</p>`
  const pdf = Buffer.from(await printToPdfHeadless({ browserPath, html, timeoutMs: 60_000, env }))
  const text = pdf.toString('latin1')
  expect(text.slice(0, 5)).toBe('%PDF-')
  expect(text.includes('Post-mortem INC-1')).toBe(true)
  expect(text.includes('script ran')).toBe(false)
  expect(mediaBox(pdf).map(Math.round)).toEqual([0, 0, 596, 842])
  expect(contents(pdf).match(/\bTj\b|\bTJ\b/g)?.length ?? 0).toBeGreaterThanOrEqual(2)
})

test('takes the page size of the document', async () => {
  const html = '<style>@page { size: 200px 100px }</style><p>x'
  const pdf = Buffer.from(await printToPdfHeadless({ browserPath, html, timeoutMs: 60_000, env }))
  expect(mediaBox(pdf).map(Math.round)).toEqual([0, 0, 150, 75])
})

test('says why where the browser does not run, and leaves no folder', async () => {
  const printing = printToPdfHeadless({ browserPath: '/nowhere/chromium', html: 'x', timeoutMs: 5_000, env })
  await expect(printing).rejects.toMatchObject({ refusal: { code: 'unsupported', tried: 'Print to PDF' } })
  expect(await readdir(folder)).toEqual([])
})

test('gives up in time', async () => {
  const printing = printToPdfHeadless({ browserPath, html: 'x', timeoutMs: 1, env })
  await expect(printing).rejects.toMatchObject({ refusal: { code: 'timed-out' } })
})
