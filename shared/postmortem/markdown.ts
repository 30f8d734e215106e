import type { Block, Piece, Section, Text, TimelineRow } from './blocks.ts'
import type { PostmortemDocument } from './model.ts'
import { headerFacts, modeWords, sectionsOf } from './sections.ts'
import { visibleLine, visibleText } from './visible.ts'

/**
 * The document as Markdown (CommonMark with GitHub's tables). Every text that people or targets wrote is escaped: it
 * cannot become a link, HTML, code, a heading, a column or anything a terminal obeys.
 */
export function postmortemMarkdown(document: PostmortemDocument): string {
  const { header } = document
  const marked = header.mode === 'exercise' ? [`> **${modeWords.exercise}**`] : []
  const parts = [
    ...marked,
    `# Post-mortem: ${escapeLine(header.title)}`,
    facts(headerFacts(document)),
    ...sectionsOf(document).flatMap(sectionParts),
    ...marked,
  ]
  return `${parts.join('\n\n')}\n`
}

/** A section's heading and its blocks. */
export function sectionParts({ title, blocks }: Section): string[] {
  return [`## ${escapeLine(title)}`, ...blocks.map(blockText).filter((text) => text !== '')]
}

function blockText(block: Block): string {
  switch (block.block) {
    case 'paragraph':
      return block.tone === undefined ? inText(block.text, '') : `> ${inText(block.text, '> ')}`
    case 'heading':
      return `### ${inLine(block.text)}`
    case 'facts':
      return facts(block.rows)
    case 'table':
      return table(block.caption, block.columns, block.rows)
    case 'list':
      return block.items.map((item) => `- ${inText(item, '  ')}`).join('\n')
    case 'card':
      return [`- **${inLine(block.title)}**`, ...block.lines.map((line) => `  - ${inText(line, '    ')}`)].join('\n')
    case 'picture':
      // The tables that follow say the same.
      return ''
    case 'anchor':
      // An indented block: it ends where its lines do, whatever stands in them.
      return block.text.trimEnd().replaceAll(/^/gm, '    ')
    case 'timeline':
      return block.lines.map(timelineItem).join('\n')
  }
}

/** Facts as a list of bold terms. */
export function facts(rows: readonly (readonly [string, Text])[]): string {
  return rows.map(([label, text]) => `- **${escapeLine(label)}:** ${inText(text, '  ')}`).join('\n')
}

function table(caption: string | null, columns: readonly string[], rows: readonly (readonly Text[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const head = [row(columns.map(escapeLine)), row(columns.map(() => '---'))]
  const above = caption === null ? [] : [`**${escapeLine(caption)}**`, '']
  return [...above, ...head, ...rows.map((cells) => row(cells.map(inLine)))].join('\n')
}

function timelineItem({ no, time, local, text, notes, by }: TimelineRow): string {
  const when = local === null ? time : `${time} (${local})`
  return [
    `- **${escapeLine(when)}** #${no} ${escapeLine(by)}: ${inText(text, '  ')}`,
    ...notes.map((note) => `  - ${inText(note, '    ')}`),
  ].join('\n')
}

/** Text of several lines; `indent` keeps its further lines inside their list or quote. */
function inText(text: Text, indent: string): string {
  return text
    .map((piece) => pieceText(piece, escapeText))
    .join('')
    .trim()
    .replaceAll('\n', `\\\n${indent}`)
}

function inLine(text: Text): string {
  return text
    .map((piece) => pieceText(piece, escapeLine))
    .join('')
    .trim()
}

function pieceText(piece: Piece, escape: (text: string) => string): string {
  if (typeof piece === 'string') return spaced(piece, escape)
  if ('strong' in piece) return emphasised(piece.strong, escape)
  if ('mono' in piece) return code(piece.mono)
  if ('todo' in piece) return `_${escape(piece.todo)}_`
  if ('whole' in piece) return spaced(piece.whole, escape)
  if ('quiet' in piece) return spaced(piece.quiet, escape)
  return escape(piece.say)
}

/** Strong marks must touch a letter and may not span lines; where they could not, the text stands plain. */
function emphasised(text: string, escape: (text: string) => string): string {
  const inner = text.trim()
  const plain = inner === '' || inner.includes('\n') || inner !== text
  return plain && !/^\S.*: $/u.test(text)
    ? spaced(text, escape)
    : `**${escape(inner)}**${text.endsWith(' ') ? ' ' : ''}`
}

/** Escaping trims; the spaces that part two pieces stay. */
function spaced(text: string, escape: (text: string) => string): string {
  if (text.trim() === '') return text === '' ? '' : ' '
  const before = /^\s/u.test(text) ? ' ' : ''
  const after = /\s$/u.test(text) ? ' ' : ''
  return `${before}${escape(text.trim())}${after}`
}

/** A hash or a call. Only what cannot end a code span or a table cell stands in one. */
function code(text: string): string {
  return /^[\w ./:?&=,%+@(){}"'-]+$/u.test(text) ? `\`${text}\`` : escapeLine(text)
}

/** Text that people wrote, with nothing in it that Markdown would take for its own; line breaks stay. */
export function escapeText(text: string): string {
  return visibleText(text)
    .split('\n')
    .map((line) => escapeMarks(line.trim()))
    .join('\n')
}

/** One line of text with nothing in it that Markdown would take for its own. */
export function escapeLine(text: string): string {
  return escapeMarks(visibleLine(text))
}

/**
 * Entities for what older Markdown leaves to HTML, backslashes for the rest; addresses lose the form that GitHub turns
 * into links (https://github.github.com/gfm/#autolinks-extension-).
 */
function escapeMarks(line: string): string {
  return line
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]|~$^]/gu, '\\$&')
    .replace(/^(#{1,6}|[-+=](?=[-+=\s]|$)|:(?=[:\s]))/u, '\\$1')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/u, '$1\\$2')
    .replace(/(\b(?:javascript|vbscript|data|mailto|xmpp)|\b[a-z][a-z0-9+.-]*(?=:\/\/)):/giu, '$1\\:')
    .replace(/\bwww\./giu, 'www\\.')
    .replaceAll('@', '\\@')
}
