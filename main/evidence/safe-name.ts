/** A name as a line: no separators, no control characters, 200 characters at most. */
export function safeName(name: string): string {
  const kept = name.replaceAll(/[\u0000-\u001f\u007f/\\]/g, '_').slice(-200)
  return kept.trim() === '' ? 'attachment' : kept
}
