import type { Path } from './steps-of.ts'

/** Something in a pack that does not fit the rest of it. `valid`: what could stand at its place. */
export interface Problem {
  readonly path: Path
  readonly message: string
  readonly valid?: readonly string[]
}

/** A name where it stands. */
export type Named = readonly [name: string, path: Path]

export const each = (names: readonly string[], path: Path): Named[] => names.map((name, i) => [name, [...path, i]])

export const one = (name: string | undefined, path: Path): Named[] => (name === undefined ? [] : [[name, path]])

/** A problem for each name that is not among those there are. */
export function missing(what: string, valid: readonly string[], named: readonly Named[]): Problem[] {
  const known = new Set(valid)
  return named.flatMap(([name, path]) =>
    known.has(name) ? [] : [{ path, message: `names ${what} that the pack does not have`, valid }],
  )
}
