import { z } from 'zod'
import { type CardFacts, type CardLine, cardPanels, type PanelSize } from './card-panels.ts'

export const paperSchema = z.enum(['a4', 'letter'])
export type Paper = z.infer<typeof paperSchema>

/** Of a sheet that lies across, in mm: four panels wide, two high. ISO 216 and ANSI A. */
const sheets: Readonly<Record<Paper, { readonly width: number; readonly height: number; readonly size: PanelSize }>> = {
  // Counted for 7.5 pt: 1.35 mm a character, 3.45 mm a line, with 4 mm to each edge.
  a4: { width: 297, height: 210, size: { columns: 47, lines: 26 } },
  letter: { width: 279.4, height: 215.9, size: { columns: 43, lines: 26 } },
}

const ACROSS = 4
const PER_SHEET = 8

/**
 * The contact card as a page to print: black on white, eight panels a sheet. Cut along the marks in the middle, fold each strip
 * along the broken lines: the size of a pocket. One self-contained HTML document. Pure.
 */
export function contactCard(facts: CardFacts, paper: Paper): string {
  const { width, height, size } = sheets[paper]
  const panels = cardPanels(facts, size)
  const pages = Array.from({ length: Math.ceil(panels.length / PER_SHEET) }, (_, at) =>
    panels.slice(at * PER_SHEET, (at + 1) * PER_SHEET),
  )
  const title = `Contact card, ${facts.effective.pack.title}, ${facts.madeAt.slice(0, 10)}`
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>
@page { size: ${width}mm ${height}mm; margin: 0 }
* { box-sizing: border-box }
body { margin: 0; background: #fff; color: #000; font: 7.5pt/1.3 Arial, 'Liberation Sans', sans-serif }
.sheet { position: relative; width: ${width}mm; height: ${height}mm; overflow: hidden; break-after: page;
  display: grid; grid-template: repeat(2, 1fr) / repeat(${ACROSS}, 1fr) }
.sheet:last-child { break-after: auto }
.panel { padding: 4.5mm 4mm 4mm; overflow-wrap: anywhere; border-left: 0.2mm dashed #000; position: relative }
.panel:nth-child(${ACROSS}n + 1) { border-left: 0 }
.panel > footer { position: absolute; right: 4mm; bottom: 2mm; font-size: 6pt }
p, h2, h3 { margin: 0; font-size: inherit }
h2 { font-size: 9pt; border-bottom: 0.4mm solid #000; margin-bottom: 0.8mm }
h3 { margin-top: 0.9mm }
.number { font-weight: 700; font-variant-numeric: tabular-nums }
.small { font-size: 6.5pt }
.cut { position: absolute; border: 0 solid #000 }
.cut.h { width: 6mm; height: 0; border-top-width: 0.4mm; top: ${height / 2}mm }
.cut.v { width: 0; height: 4mm; border-left-width: 0.2mm }
@media screen { body { background: #888 } .sheet { background: #fff; margin: 5mm auto } }
</style></head><body>
${pages.map((page, at) => sheetOf(page, { at, all: panels.length, width })).join('\n')}
</body></html>`
}

function sheetOf(
  panels: readonly (readonly CardLine[])[],
  { at, all, width }: { readonly at: number; readonly all: number; readonly width: number },
): string {
  const cells = panels.map(
    (panel, place) =>
      `<section class="panel">${panel.map(lineOf).join('')}<footer>${at * PER_SHEET + place + 1} of ${all}</footer></section>`,
  )
  const folds = Array.from({ length: ACROSS - 1 }, (_, fold) => ((fold + 1) * width) / ACROSS)
  const marks = [
    '<i class="cut h" style="left:0"></i><i class="cut h" style="right:0"></i>',
    ...folds.map((x) => `<i class="cut h" style="left:${(x - 3).toFixed(2)}mm"></i>`),
    ...folds.map(
      (x) =>
        `<i class="cut v" style="left:${x.toFixed(2)}mm;top:0"></i><i class="cut v" style="left:${x.toFixed(2)}mm;bottom:0"></i>`,
    ),
  ]
  return `<div class="sheet">${cells.join('')}${marks.join('')}</div>`
}

function lineOf({ as, text }: CardLine): string {
  const safe = escapeHtml(text)
  if (as === 'head') return `<h2>${safe}</h2>`
  if (as === 'name') return `<h3>${safe}</h3>`
  return `<p class="${as}">${safe}</p>`
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
