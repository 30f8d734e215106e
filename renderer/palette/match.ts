/** Whether every word of `text` begins a word of `title`, or stands in it; lower and upper case alike. */
export function matches(title: string, text: string): boolean {
  const wanted = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const within = title.toLowerCase()
  return wanted.every((word) => within.includes(word))
}
