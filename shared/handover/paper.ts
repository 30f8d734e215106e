import type { Mode } from '../journal/header.ts'
import type { Section, Text } from '../postmortem/blocks.ts'
import { escapeLine as lineInHtml, facts as factsInHtml, inHtml, table } from '../postmortem/html.ts'
import { pageStyle, printedMargins } from '../postmortem/html-style.ts'
import { escapeLine as lineInMarkdown, facts as factsInMarkdown, sectionParts } from '../postmortem/markdown.ts'
import { modeWords } from '../postmortem/sections.ts'
import { visibleLine } from '../postmortem/visible.ts'

/** A page to be handed over: what it is, the facts under its title, its sections, and what stands at its foot (nothing: empty). */
export interface Paper {
  /** 'Hand-over brief' */
  readonly what: string
  readonly number: string
  readonly title: string
  readonly mode: Mode
  /** The hash of the last entry that it tells of; null: none. */
  readonly head: string | null
  readonly facts: readonly (readonly [string, Text])[]
  readonly sections: readonly Section[]
  readonly foot: Text
  /** Whether its sections stand in two columns, as on a page that is to be one. */
  readonly dense: boolean
}

/** The page as Markdown; every text in it is escaped. */
export function paperMarkdown(paper: Paper): string {
  const marked = paper.mode === 'exercise' ? [`> **${modeWords.exercise}**`] : []
  const parts = [
    ...marked,
    `# ${lineInMarkdown(`${paper.what}: ${paper.number} ${paper.title}`)}`,
    factsInMarkdown(paper.facts),
    ...paper.sections.flatMap(sectionParts),
    ...(paper.foot.length === 0
      ? []
      : sectionParts({ id: 'foot', title: 'Journal', blocks: [{ block: 'paragraph', text: paper.foot }] })),
    ...marked,
  ]
  return `${parts.join('\n\n')}\n`
}

/** The page as HTML that needs nothing else and may load nothing; black on white, for A4 and Letter. */
export function paperHtml(paper: Paper): string {
  const exercise = paper.mode === 'exercise'
  const number = visibleLine(paper.number)
  const margins = printedMargins({ number, head: paper.head ?? 'none', exercise, what: `Muster ${paper.what}` })
  const heading = `${paper.what} ${paper.number}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${exercise ? 'EXERCISE ' : ''}${lineInHtml(`${heading} ${paper.title}`)}</title>
<style>${pageStyle}${margins}${paperStyle}${paper.dense ? denseMargins : ''}</style>
</head>
<body class="paper${paper.dense ? ' dense' : ''}${exercise ? ' is-exercise' : ''}">
${exercise ? `<div class="watermark" aria-hidden="true">EXERCISE</div>\n<p class="exercise"><span>${modeWords.exercise}</span></p>\n` : ''}<header>
<p class="eyebrow">${lineInHtml(heading)}</p>
<h1><bdi>${lineInHtml(paper.title)}</bdi></h1>
${factsInHtml(paper.facts)}
</header>
<main>
${paper.sections.map(sectionHtml).join('\n')}
</main>
${footHtml(paper)}</body>
</html>
`
}

function footHtml({ foot, mode }: Paper): string {
  if (foot.length === 0) return ''
  const marked = mode === 'exercise' ? `<strong>${modeWords.exercise}.</strong> ` : ''
  return `<p class="foot">${marked}${inHtml(foot)}</p>\n`
}

function sectionHtml({ id, title, blocks }: Section): string {
  const inner = blocks.map((block) => {
    switch (block.block) {
      case 'facts':
        return factsInHtml(block.rows)
      case 'table':
        return table(block)
      case 'list':
        return `<ul>${block.items.map((item) => `<li>${inHtml(item)}</li>`).join('\n')}</ul>`
      case 'paragraph':
        return `<p${block.tone === undefined ? '' : ` class="${block.tone}"`}>${inHtml(block.text)}</p>`
      default:
        throw new Error(`A paper has no ${block.block}`)
    }
  })
  return `<section aria-labelledby="${id}">\n<h2 id="${id}">${lineInHtml(title)}</h2>\n${inner.join('\n')}\n</section>`
}

/** What is to be one page has smaller margins; the hatched frame of an exercise is 3 mm. */
const denseMargins = '@page { margin: 14mm 11mm 13mm; }\n'

const paperStyle = `
.paper { max-width: 58rem; padding: 1.2rem 1.5rem; }
.paper h1 { font-size: 1.4rem; margin: 0 0 0.5rem; }
.paper h2 { font-size: 1rem; margin: 0 0 0.3rem; padding-bottom: 0.1rem; border-bottom: 1.5px solid #000; }
.paper dl { margin: 0 0 0.6rem; }
.paper table { margin: 0; overflow-wrap: break-word; }
.paper ul { margin: 0; }
.paper section { margin: 0 0 0.8rem; }
.paper td, .paper th { padding: 0.12rem 0.6rem 0.12rem 0; }
.paper .foot { border-top: 1px solid #000; padding-top: 0.3rem; margin: 0.4rem 0 0; color: #333; }
.dense main { columns: 2; column-gap: 1.6rem; }
.dense section { break-inside: avoid; }
@media (max-width: 40rem) { .dense main { columns: 1; } }
@media print {
  .paper { padding: 0; }
  .dense { font-size: 7.8pt; line-height: 1.27; }
  .dense .exercise { padding: 0.2rem 0.8rem; margin: 0 0 0.5rem; }
  .dense .eyebrow { margin: 0; }
  .dense section { margin: 0 0 0.55rem; }
  .dense h1 { font-size: 13pt; }
  .dense h2 { font-size: 9.5pt; }
  .dense main { columns: 2; }
}
`
