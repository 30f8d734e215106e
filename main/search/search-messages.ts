import type { IndexState } from '../../shared/search/found.ts'
import type { Refusal } from '../../shared/refusal.ts'
import type { FoundThere, Question } from './finder.ts'

/** What the search thread is told. A newer `find` takes the place of one that was not begun. */
export type SearchMessage =
  | { readonly kind: 'find'; readonly id: number; readonly question: Question }
  | { readonly kind: 'catch-up'; readonly id: number }
  | { readonly kind: 'state'; readonly id: number }
  | { readonly kind: 'close'; readonly id: number }

/** What the search thread says. */
export type SearchReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly refusal: Refusal }
  | { readonly kind: 'found'; readonly id: number; readonly found: FoundThere; readonly index: IndexState }
  | { readonly kind: 'superseded'; readonly id: number }
  | { readonly kind: 'caught-up'; readonly id: number; readonly index: IndexState }
  | { readonly kind: 'state'; readonly id: number; readonly index: IndexState }
  | { readonly kind: 'closed'; readonly id: number }
  | { readonly kind: 'refused'; readonly id: number; readonly refusal: Refusal | null; readonly bug: string }
  | { readonly kind: 'trouble'; readonly text: string }
