/**
 * What could move a terminal's cursor, recolour or reorder its text: control characters (C0 but for the line break, DEL
 * and C1, which some terminals obey as they do ESC) and Unicode's marks of direction.
 */
const unsafe = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Text from outside (names, logs, titles), made harmless for a terminal: what is unsafe is shown as its code point. */
export function plain(text: string): string {
  return text.replaceAll('\t', ' ').replaceAll(unsafe, (character) => `<U+${hexOf(character).toUpperCase()}>`)
}

/** A value as one line of JSON that a terminal shows as it stands: what is unsafe is escaped as JSON escapes it. */
export function plainJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(unsafe, (character) => `\\u${hexOf(character)}`)
}

function hexOf(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, '0')
}

/** '1 finding', '9 findings'; `many` where an s does not make it. */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}

/** Columns padded to their widest cell, two spaces apart. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const cells = rows.map((row) => row.map((cell) => plain(cell).replaceAll('\n', ' ')))
  const widths = cells.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(cell.length, widest[column] ?? 0)),
    [],
  )
  return cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
