/** As a `ref`: the element takes the focus when it comes onto the screen, because a person asked for it to be there. */
export function focusOnMount(element: HTMLElement | null): void {
  element?.focus()
}
