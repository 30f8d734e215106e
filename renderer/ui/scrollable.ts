/** For a region that scrolls: it must take the focus, or the keyboard cannot read it. */
export const scrollable = { tabIndex: 0 } as const
