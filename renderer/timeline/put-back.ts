import type { DraftsStore } from '../ui/drafts-store.ts'

/** Puts what was refused back into its field, before whatever was typed there since: no word of either is lost. */
export function putBack(drafts: DraftsStore, field: string, refused: string): void {
  const since = drafts.store.getState()[field] ?? ''
  drafts.set(field, since === '' ? refused : `${refused}\n${since}`)
}
