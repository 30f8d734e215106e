/** How the page looks: black on white, on a screen and on A4 or Letter. */
export const pageStyle = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
html { font: 13px/1.5 Inter, 'Segoe UI', 'Helvetica Neue', 'DejaVu Sans', Arial, sans-serif; color: #000; background: #fff; font-variant-numeric: tabular-nums; }
body { max-width: 62rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 1rem; }
h2 { font-size: 1.25rem; margin: 2.2rem 0 0.6rem; padding-bottom: 0.2rem; border-bottom: 2px solid #000; }
h3 { font-size: 1rem; margin: 1.2rem 0 0.4rem; }
p { margin: 0 0 0.5rem; }
p, li, td, dd, .said { white-space: pre-line; }
code { font: 0.88em/1.4 'JetBrains Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace; }
.eyebrow { font-weight: 600; margin: 0 0 0.25rem; }
.quiet { color: #555; }
.todo { background: #fff; border: 1px dashed #555; padding: 0 0.35em; font-style: italic; white-space: nowrap; }
.note { color: #333; border-left: 3px solid #bbb; padding-left: 0.7rem; }
.alarm { border: 2px solid #000; padding: 0.5rem 0.7rem; }
ul { margin: 0 0 0.6rem; padding-left: 1.2rem; }
a { color: inherit; }
nav ul { columns: 2; list-style: none; padding: 0; margin: 1rem 0 0; }
dl { display: grid; grid-template-columns: minmax(9rem, max-content) minmax(0, 1fr); gap: 0.15rem 1rem; margin: 0 0 0.8rem; }
dt { font-weight: 600; }
dd { margin: 0; }
table { border-collapse: collapse; width: 100%; margin: 0 0 1rem; }
caption { text-align: left; font-weight: 600; padding: 0.4rem 0 0.2rem; }
th, td { text-align: left; vertical-align: top; padding: 0.25rem 0.8rem 0.25rem 0; border-bottom: 1px solid #ccc; }
thead th { border-bottom: 1px solid #000; font-weight: 600; }
thead { display: table-header-group; }
th { overflow-wrap: normal; }
.when, .no { white-space: nowrap; }
.day th { padding-top: 0.7rem; border-bottom-color: #000; }
.under { margin-top: 0.15rem; }
.card { border: 1px solid #888; border-left: 4px solid #000; padding: 0.5rem 0.8rem 0.6rem; margin: 0 0 0.7rem; }
.card h4 { margin: 0 0 0.3rem; font-size: 1rem; }
.card p { margin: 0 0 0.15rem; }
figure { margin: 1rem 0; }
figure.anchor { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 1rem; align-items: start; }
figure.anchor pre { margin: 0; font: 10px 'JetBrains Mono', 'DejaVu Sans Mono', monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
figure.anchor svg { width: 60mm; height: 60mm; background: #fff; fill: #000; }
figcaption { color: #333; }
svg { width: 100%; height: auto; display: block; font: 10px Inter, 'DejaVu Sans', Arial, sans-serif; }
.line-axis { stroke: #000; stroke-width: 1; }
.line-stem { stroke: #999; stroke-width: 0.6; }
.words-lane, .words-tick { fill: #333; }
.words-moment, .words-bar { fill: #000; font-weight: 600; }
.bar { stroke: #000; stroke-width: 0.8; }
.bar-1 { fill: #b9b9b9; } .bar-2 { fill: #d2d2d2; } .bar-3 { fill: #e6e6e6; } .bar-4 { fill: #f6f6f6; }
.dot-sweep-found, .dot-entry { fill: #000; } .dot-sweep-clear { fill: #fff; stroke: #000; }
footer { margin-top: 2.5rem; border-top: 1px solid #000; padding-top: 0.5rem; color: #333; }
.exercise { border: 2px solid #000; padding: 0.5rem 0.8rem; margin: 0 0 1.2rem; font-weight: 700; text-align: center; background: repeating-linear-gradient(-45deg, #ddd 0 8px, #fff 8px 16px); }
.exercise span { background: #fff; padding: 0.15rem 0.6rem; }
.watermark { display: none; }
@media (max-width: 40rem) {
  .when, .todo { white-space: normal; }
  th { overflow-wrap: anywhere; }
  nav ul { columns: 1; }
  dl { grid-template-columns: minmax(0, 1fr); }
}
@media screen {
  .is-exercise { border: 10px solid; border-image: repeating-linear-gradient(-45deg, #000 0 8px, #fff 8px 16px) 10; min-height: 100vh; }
  .is-exercise .exercise { position: sticky; top: 0; }
}
@media print {
  html { font-size: 9.5pt; }
  body { max-width: none; padding: 0; }
  h2, h3, h4, caption, .day { break-after: avoid; }
  h1, .card, figure, dl, tr, li { break-inside: avoid; }
  nav { display: none; }
  footer { display: none; }
  .watermark { display: block; position: fixed; top: 40%; left: 0; right: 0; z-index: -1; text-align: center; font: bold 84pt sans-serif; color: #ededed; transform: rotate(-30deg); }
  p { orphans: 3; widows: 3; }
}
`

/**
 * What stands on each printed page: the number and the head of the journal, page and pages, and for an exercise its
 * name and a hatched frame. Margin boxes of CSS Paged Media 3, which Chromium prints since version 131
 * (https://developer.chrome.com/blog/print-margins); other browsers leave them out, and show the watermark all the same.
 */
export function printedMargins({
  number,
  head,
  exercise,
  what = 'Muster post-mortem',
}: {
  number: string
  head: string
  exercise: boolean
  what?: string
}): string {
  const small = "font: 7.5pt 'DejaVu Sans Mono', Menlo, Consolas, monospace; color: #333; white-space: nowrap;"
  const top = exercise ? hatch('top') : ''
  const bottom = exercise ? hatch('bottom') : ''
  return `@page {
  margin: 20mm 15mm 20mm;
  @top-left { content: ${cssString(number)}; ${small} ${top} }
  @top-center { content: ${cssString(exercise ? 'EXERCISE · not a real incident' : '')}; font: bold 10pt sans-serif; ${top} }
  @top-right { content: ${cssString(what)}; ${small} ${top} }
  @bottom-left { content: ${cssString(`head ${head}`)}; ${small} ${bottom} }
  @bottom-right { content: counter(page) ' / ' counter(pages); ${small} ${bottom} }
  ${exercise ? hatchedRest : ''}
}
`
}

function hatch(...edges: readonly ('top' | 'bottom' | 'left' | 'right')[]): string {
  const stripes = 'repeating-linear-gradient(-45deg, #000 0 1mm, #fff 1mm 2.4mm)'
  const layers = edges.map(
    (edge) => `${stripes} ${edge} / ${edge === 'top' || edge === 'bottom' ? '100% 3mm' : '3mm 100%'} no-repeat`,
  )
  return `background: ${layers.join(', ')};`
}

const hatchedRest = `
  @bottom-center { content: ''; ${hatch('bottom')} }
  @left-middle { content: ''; height: 100%; ${hatch('left')} }
  @right-middle { content: ''; height: 100%; ${hatch('right')} }
  @top-left-corner { content: ''; ${hatch('top', 'left')} }
  @top-right-corner { content: ''; ${hatch('top', 'right')} }
  @bottom-left-corner { content: ''; ${hatch('bottom', 'left')} }
  @bottom-right-corner { content: ''; ${hatch('bottom', 'right')} }`

/** A string of CSS that no text can leave: everything but plain letters, digits and spaces as code points. */
function cssString(text: string): string {
  const inner = Array.from(text, (character) =>
    /[A-Za-z0-9 -]/u.test(character) ? character : `\\${(character.codePointAt(0) ?? 0).toString(16)} `,
  )
  return `'${inner.join('')}'`
}
