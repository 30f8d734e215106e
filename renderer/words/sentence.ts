/**
 * A piece of a sentence: plain, strong, set in the mono face (ids, times, commands), or another entry by its hash, said
 * as `say` or, where that is null, by its number and first words.
 */
export type Piece =
  | string
  | { readonly strong: string }
  | { readonly mono: string }
  | { readonly entry: string; readonly say: string | null }

/** One entry as the timeline says it. */
export interface Sentence {
  /** A shape that tells the kind apart; the words say it too. */
  readonly icon: string
  /** The kind in a word, for those who do not see the shape. */
  readonly kind: string
  readonly said: readonly Piece[]
  /** What matters less: said after it, smaller. */
  readonly sub: readonly Piece[]
  /** An entry that the story turns on is set apart. */
  readonly turning: boolean
}

/** The pieces as plain text. */
export function plainWords(pieces: readonly Piece[]): string {
  return pieces
    .map((piece) => {
      if (typeof piece === 'string') return piece
      if ('strong' in piece) return piece.strong
      return 'mono' in piece ? piece.mono : (piece.say ?? 'another entry')
    })
    .join('')
}

/** ' · ' and the note, where there is one. */
export function noteOf(note: string | null): Piece[] {
  return note === null ? [] : [' · ', note]
}

/** A sentence among others. */
export function plain(icon: string, kind: string, said: readonly Piece[], sub: readonly Piece[] = []): Sentence {
  return { icon, kind, said, sub, turning: false }
}

/** One that the story turns on. */
export function turning(icon: string, kind: string, said: readonly Piece[], sub: readonly Piece[] = []): Sentence {
  return { icon, kind, said, sub, turning: true }
}
