import { combosPrinted } from '../keys/combo.ts'

const isMac = /mac/i.test(navigator.userAgent)

/** A key as it is printed on a button. Readers of the screen hear it through `aria-keyshortcuts` of the button. */
export function KeyCap({ keys }: { readonly keys: string }) {
  return <kbd aria-hidden="true">{combosPrinted(keys, isMac)}</kbd>
}

/** The value for `aria-keyshortcuts`: https://www.w3.org/TR/wai-aria-1.2/#aria-keyshortcuts */
export function shortcutOf(keys: string): string {
  return combosPrinted(keys, isMac).replace('Ctrl ', 'Control+').replace('Cmd ', 'Meta+').replace('Shift ', 'Shift+')
}
