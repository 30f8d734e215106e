const known: readonly (readonly [RegExp, (found: RegExpExecArray) => string])[] = [
  [
    /error while loading shared libraries: ([^\s:]+)/,
    (found) => `It needs the library ${found[1]}, which is not installed.`,
  ],
  [/Library not loaded: (\S+)/, (found) => `It needs the library ${found[1]}, which is not installed.`],
  [
    /No usable sandbox|SUID sandbox helper|Failed to move to new namespace|zygote_host_impl_linux/,
    () => 'The system gives it no sandbox (user namespaces are restricted here).',
  ],
  [
    /Missing X server|cannot open display|Unable to open X display|ozone_platform_(?:x11|wayland)|Failed to connect to Wayland/,
    () => 'There is no display to open a window on.',
  ],
  [/requires the chromium snap|snap install chromium/, () => 'It is a stub that only offers a snap.'],
  [/profile appears to be in use/, () => 'Its profile is in use by another browser.'],
  [/No space left on device/, () => 'The disk is full.'],
]

/** What a browser's last messages say of why it did not run, in one sentence; null where they say nothing known. */
export function explainLastWords(text: string): string | null {
  for (const [pattern, say] of known) {
    const found = pattern.exec(text)
    if (found !== null) return say(found)
  }
  return null
}
