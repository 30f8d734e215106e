import type { Block, Piece, Section, Text, TimelineRow } from './blocks.ts'
import { pageStyle, printedMargins } from './html-style.ts'
import type { PostmortemDocument } from './model.ts'
import { pictureOf, type Shape } from './picture.ts'
import { headerFacts, modeWords, sectionsOf } from './sections.ts'
import { visibleLine, visibleText } from './visible.ts'
import { spellOffset } from './words.ts'

/**
 * The document as one HTML page that needs nothing else: no script, no request, its style inside, forbidden by its own
 * policy to load anything. It is also what is printed to PDF. Every text that people or targets wrote is escaped.
 */
export function postmortemHtml(document: PostmortemDocument): string {
  const { header, integrity } = document
  const exercise = header.mode === 'exercise'
  const sections = sectionsOf(document)
  const number = visibleLine(header.number)
  const head = integrity.head?.hash ?? 'none'
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${exercise ? 'EXERCISE ' : ''}${escapeLine(`${header.number} ${header.title}`)}</title>
<style>${pageStyle}${printedMargins({ number, head, exercise })}</style>
</head>
<body${exercise ? ' class="is-exercise"' : ''}>
${exercise ? `<div class="watermark" aria-hidden="true">EXERCISE</div>\n<p class="exercise"><span>${modeWords.exercise}</span></p>\n` : ''}<header>
<p class="eyebrow">Post-mortem ${escapeLine(header.number)}</p>
<h1><bdi>${escapeLine(header.title)}</bdi></h1>
${facts(headerFacts(document))}
<nav aria-label="Contents"><ul>${sections.map(({ id, title }) => `<li><a href="#${id}">${escapeLine(title)}</a></li>`).join('')}</ul></nav>
</header>
<main>
${sections.map((section) => sectionHtml(section, document)).join('\n')}
</main>
<footer>${exercise ? `<strong>${modeWords.exercise}.</strong> ` : ''}${escapeLine(header.number)} · journal head <code>${escapeLine(head)}</code></footer>
</body>
</html>
`
}

function sectionHtml({ id, title, blocks }: Section, document: PostmortemDocument): string {
  const inner = blocks.map((block) => blockHtml(block, document)).join('\n')
  return `<section aria-labelledby="${id}">\n<h2 id="${id}">${escapeLine(title)}</h2>\n${inner}\n</section>`
}

function blockHtml(block: Block, document: PostmortemDocument): string {
  switch (block.block) {
    case 'paragraph':
      return `<p${block.tone === undefined ? '' : ` class="${block.tone}"`}>${inHtml(block.text)}</p>`
    case 'heading':
      return `<h3${block.id === undefined ? '' : ` id="${escapeLine(block.id)}"`}>${inHtml(block.text)}</h3>`
    case 'facts':
      return facts(block.rows)
    case 'table':
      return table(block)
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${inHtml(item)}</li>`).join('\n')}</ul>`
    case 'card':
      return `<div class="card"><h4>${inHtml(block.title)}</h4>\n${block.lines.map((line) => `<p>${inHtml(line)}</p>`).join('\n')}</div>`
    case 'picture':
      return figure(document)
    case 'anchor':
      return anchorFigure(block)
    case 'timeline':
      return timeline(block.lines, document.header.offsetMinutes)
  }
}

/** Facts as a list of terms; every text in it is escaped. */
export function facts(rows: readonly (readonly [string, Text])[]): string {
  return `<dl>${rows.map(([label, text]) => `<dt>${escapeLine(label)}</dt><dd>${inHtml(text)}</dd>`).join('\n')}</dl>`
}

/** A table; every text in it is escaped. */
export function table({ caption, columns, rows }: Block & { block: 'table' }): string {
  const head = columns.map((column) => `<th scope="col">${escapeLine(column)}</th>`).join('')
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${inHtml(cell)}</td>`).join('')}</tr>`).join('\n')
  return `<table>${caption === null ? '' : `<caption>${escapeLine(caption)}</caption>`}<thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table>`
}

function timeline(lines: readonly TimelineRow[], offsetMinutes: number | null): string {
  const zones = ['UTC', ...(offsetMinutes === null ? [] : [spellOffset(offsetMinutes)])]
  const columns = ['No.', ...zones, 'What happened', 'Who']
  const head = columns.map((column) => `<th scope="col">${column}</th>`).join('')
  const rows = lines.map((line, index) => {
    const day = line.time.slice(0, 10)
    const first = lines[index - 1]?.time.slice(0, 10) !== day
    return `${first ? dayRow(day, columns.length) : ''}${timelineRow(line)}`
  })
  return `<table class="timeline"><thead><tr>${head}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table>`
}

function dayRow(day: string, columns: number): string {
  return `<tr class="day"><th scope="colgroup" colspan="${columns}">${escapeLine(day)}</th></tr>`
}

function timelineRow({ no, time, local, text, notes, by }: TimelineRow): string {
  const times = [time.slice(11), ...(local === null ? [] : [local])]
  const cells = times.map((one) => `<td class="when">${escapeLine(one)}</td>`).join('')
  const under = notes.map((note) => `<div class="said under">${inHtml(note)}</div>`).join('')
  return `<tr><td class="no">${no}</td>${cells}<td>${inHtml(text)}${under}</td><td>${inHtml([{ whole: by }])}</td></tr>`
}

function anchorFigure({ text, code }: Block & { block: 'anchor' }): string {
  const square =
    code === null
      ? ''
      : `<svg viewBox="0 0 ${code.size} ${code.size}" role="img" aria-label="The anchor as a QR code" shape-rendering="crispEdges"><path d="${escapeLine(code.path)}"/></svg>`
  return `<figure class="anchor"><pre>${escapeText(text)}</pre>${square}</figure>`
}

function figure(document: PostmortemDocument): string {
  const picture = pictureOf(document)
  if (picture === null) return ''
  const { width, height, says, shapes } = picture
  return `<figure><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeLine(says)}">${shapes.map(shapeSvg).join('')}</svg>
<figcaption>What happened when. Filled dots on the line of sweeps found something, hollow ones nothing.</figcaption></figure>`
}

function shapeSvg(shape: Shape): string {
  switch (shape.shape) {
    case 'line':
      return `<line class="line-${shape.kind}" x1="${shape.x1}" y1="${shape.y1}" x2="${shape.x2}" y2="${shape.y2}"/>`
    case 'bar':
      return `<rect class="bar bar-${shape.rank}" x="${shape.x}" y="${shape.y}" width="${shape.width}" height="${shape.height}"/>`
    case 'dot':
      return `<circle class="dot-${shape.kind}" cx="${shape.x}" cy="${shape.y}" r="${shape.kind === 'entry' ? 1.6 : 4}"/>`
    case 'words':
      return `<text class="words-${shape.kind}" x="${shape.x}" y="${shape.y}" text-anchor="${shape.anchor}">${escapeLine(shape.text)}</text>`
  }
}

/** A text with its marks; every piece of it is escaped. */
export function inHtml(text: Text): string {
  return text.map(pieceHtml).join('')
}

/** `bdi` keeps a text that runs from right to left from reordering what stands beside it. */
function pieceHtml(piece: Piece): string {
  if (typeof piece === 'string')
    return /^[\p{ASCII}]*$/u.test(piece) ? escapeText(piece) : `<bdi>${escapeText(piece)}</bdi>`
  if ('strong' in piece) return `<strong>${escapeText(piece.strong)}</strong>`
  if ('mono' in piece) return `<code>${escapeText(piece.mono)}</code>`
  if ('todo' in piece) return `<span class="todo">${escapeText(piece.todo)}</span>`
  if ('whole' in piece) return `<bdi${piece.whole.length > 30 ? '' : ' class="when"'}>${escapeText(piece.whole)}</bdi>`
  if ('quiet' in piece) return `<span class="quiet">${escapeText(piece.quiet)}</span>`
  return `<a href="#${escapeLine(piece.to)}">${escapeText(piece.say)}</a>`
}

function escapeText(text: string): string {
  return escapeMarks(visibleText(text))
}

/** One line of text with nothing in it that HTML would take for its own. */
export function escapeLine(text: string): string {
  return escapeMarks(visibleLine(text))
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeMarks(text: string): string {
  return text.replace(/[&<>"']/gu, (mark) => entities[mark] ?? mark)
}
