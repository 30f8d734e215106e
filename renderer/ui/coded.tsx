/** Text in which what a person would type stands between backticks, shown as such. A lone backtick is only that. */
export function Coded({ text }: { readonly text: string }) {
  const parts = text.split(/`([^`]+)`/)
  // Every second part stood between two of them.
  return parts.map((part, place) =>
    place % 2 === 0 ? (
      part
    ) : (
      <code key={place} className="mono">
        {part}
      </code>
    ),
  )
}
