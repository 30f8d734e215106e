/** Six words with their numbers, large enough to be read out. */
export function SixWords({
  words,
  title,
  hint,
}: {
  readonly words: string
  readonly title: string
  readonly hint: string
}) {
  const numbered = words.split(' ').map((word, index) => ({ word, place: index + 1 }))
  return (
    <section aria-label={title} className="stack">
      <h3>{title}</h3>
      <ol className="six-words">
        {numbered.map(({ word, place }) => (
          <li key={place}>{word}</li>
        ))}
      </ol>
      <p className="faint">{hint}</p>
    </section>
  )
}
