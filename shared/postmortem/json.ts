import type { PostmortemDocument } from './model.ts'

/** Controls beyond those that JSON escapes by itself, and marks that reorder or hide text. */
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu

/**
 * The document as JSON, marked `format: 'muster.dev/postmortem/v1'`. Texts are exactly as they were written; what a
 * terminal would obey or a reader could not see is escaped.
 */
export function postmortemJson(document: PostmortemDocument): string {
  const { integrity, ...rest } = document
  // Whoever reads JSON needs no picture of a text.
  const told = { ...rest, integrity: { ...integrity, anchor: integrity.anchor?.text ?? null } }
  const text = JSON.stringify({ format: 'muster.dev/postmortem/v1', ...told }, null, 2)
  return `${text.replace(hidden, (character) => (character === '\n' ? character : escaped(character)))}\n`
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_none, index) => {
    return `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`
  }).join('')
}
