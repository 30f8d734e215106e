import type { Entry } from '../../shared/journal/header.ts'
import { type Kind, readAs } from '../../shared/journal/kind.ts'
import type { SaidEntry } from './journal-reader.ts'

/** The body of an entry as its kind reads it; null where it is of another, erased, newer or not of its form. */
export function bodyAs<Name extends string, Body>(kind: Kind<Name, Body>, entry: SaidEntry): Body | null {
  // A kind reads nothing else of an entry.
  return readAs(kind, entry as Entry)?.body ?? null
}
