/**
 * Controls (escape sequences among them), marks that reorder or hide text, invisible letters and halves of surrogate
 * pairs. Tab, line feed, the joiners and the two variation selectors of emoji stay: several scripts and emoji need them.
 * Unicode 16, `Default_Ignorable_Code_Point`; why it matters: https://trojansource.codes.
 */
const hidden =
  /(?!\u200c|\u200d|\ufe0e|\ufe0f|[\t\n\u0600-\u0605\u06dd])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu

/** More marks on one letter than any script uses: they would climb over the lines above and below. */
const piledMarks = /(\p{M}{4})(\p{M}+)/gu

/**
 * The text as it can be shown anywhere, a terminal included: nothing in it can move the cursor, reorder, hide or
 * overprint. What could is written out, as in `⟨U+202E⟩`. Line breaks stay, tabs become a space. Showing it twice
 * changes nothing.
 */
export function visibleText(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll('\t', ' ')
    .replace(hidden, spelled)
    .replace(piledMarks, (_all, kept: string, rest: string) => `${kept}⟨${Array.from(rest).length} more marks⟩`)
}

/** The same on one line: line breaks become a visible sign. */
export function visibleLine(text: string): string {
  return visibleText(text).trim().replaceAll('\n', ' ⏎ ')
}

function spelled(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`
}
