/** What is used of a key press. */
export interface Press {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/**
 * A press as commands name it: 'l', 'shift+f', 'mod+k', 'escape', 'enter', '?'. `mod` is Ctrl or Cmd. Shift is named
 * only where it does not already make another character.
 */
export function comboOf(press: Press): string {
  const key = press.key === ' ' ? 'space' : press.key.toLowerCase()
  const isLetter = /^\p{L}$/u.test(key)
  const parts = [
    press.ctrlKey || press.metaKey ? 'mod' : '',
    press.altKey ? 'alt' : '',
    press.shiftKey && (isLetter || key.length > 1) ? 'shift' : '',
    key,
  ]
  return parts.filter((part) => part !== '').join('+')
}

const names: Readonly<Record<string, string>> = {
  mod: 'Ctrl',
  alt: 'Alt',
  shift: 'Shift',
  enter: 'Enter',
  space: 'Space',
  escape: 'Esc',
  backspace: 'Backspace',
  delete: 'Del',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
}

/** How a combination is printed on a key: 'Shift F', 'Ctrl K' (Cmd on a Mac), 'g b' as typed one after the other. */
export function combosPrinted(keys: string, isMac: boolean): string {
  return keys
    .split(' ')
    .map((combo, _index, all) =>
      combo
        .split('+')
        .map((part) =>
          part === 'mod' && isMac ? 'Cmd' : (names[part] ?? (all.length > 1 ? part : part.toUpperCase())),
        )
        .join(' '),
    )
    .join(' then ')
}
