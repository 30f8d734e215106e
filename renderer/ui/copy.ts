/**
 * Puts text on the clipboard. Answers whether the system let it. The clipboard is a permission, and a shell denies those
 * that it does not know; copying a selection on a key press or a click needs none
 * (https://www.w3.org/TR/clipboard-apis/#the-copy-action).
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copySelected(text) // what was denied is not asked for again
  }
}

function copySelected(text: string): boolean {
  const { activeElement } = document
  const field = document.createElement('textarea')
  field.value = text
  field.readOnly = true
  field.className = 'unseen'
  field.setAttribute('aria-hidden', 'true')
  document.body.append(field)
  field.select()
  // oxlint-disable-next-line typescript/no-deprecated -- nothing else copies where the permission is denied
  const isCopied = document.execCommand('copy')
  field.remove()
  if (activeElement instanceof HTMLElement) activeElement.focus({ preventScroll: true })
  return isCopied
}
