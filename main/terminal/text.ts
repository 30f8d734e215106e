/** Characters that could move the cursor, recolour or reorder what a terminal shows, as code points. */
function isUnsafe(code: number): boolean {
  const isControl = code < 0x20 || (code >= 0x7f && code < 0xa0)
  const isBidi =
    (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) || code === 0x200e || code === 0x200f
  return (isControl && code !== 0x0a) || isBidi
}

/** Text from outside (names, logs, titles), made harmless for a terminal: what is unsafe is shown as its code point. */
export function plain(text: string): string {
  return Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0
    if (character === '\t') return ' '
    return isUnsafe(code) ? `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>` : character
  }).join('')
}

/** '1 finding', '9 findings' */
export function counted(number: number, one: string): string {
  return `${number} ${one}${number === 1 ? '' : 's'}`
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
