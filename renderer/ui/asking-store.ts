import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Refusal } from '../../shared/refusal.ts'
import { type Asked, idle } from './asked.ts'

/** A refusal, and the incident in whose room it was asked; null where it was asked elsewhere. */
export interface Unread {
  readonly refusal: Refusal
  readonly incident: string | null
}

/**
 * How far the questions of controls have come, by the control. It outlives the control: what was asked in a dialog that is
 * closed since is still being asked, and a refusal that comes then is for whoever is at the window.
 */
export interface AskingStore {
  readonly store: StoreApi<{
    readonly asked: Readonly<Record<string, Asked>>
    /** Refusals that came when the control was gone. */
    readonly unread: readonly Unread[]
  }>
  of(control: string): Asked
  set(control: string, asked: Asked): void
  drop(control: string): void
  /** Says that the control is there to be read. Answers how to say that it is gone. */
  attend(control: string): () => void
  isAttended(control: string): boolean
  refusedUnread(unread: Unread): void
  dismiss(unread: Unread): void
}

export function createAskingStore(): AskingStore {
  const store: AskingStore['store'] = createStore(() => ({ asked: {}, unread: [] }))
  const attended = new Map<string, number>()
  const attend = (control: string, by: 1 | -1) => attended.set(control, (attended.get(control) ?? 0) + by)
  return {
    store,
    attend(control) {
      attend(control, 1)
      return () => {
        attend(control, -1)
        if (attended.get(control) === 0) attended.delete(control)
      }
    },
    isAttended: (control) => attended.has(control),
    of: (control) => store.getState().asked[control] ?? idle,
    set: (control, asked) => store.setState((all) => ({ asked: { ...all.asked, [control]: asked } })),
    drop: (control) =>
      store.setState(({ asked: { [control]: _dropped, ...others } }) => ({
        asked: others,
      })),
    refusedUnread: (refused) => store.setState(({ unread }) => ({ unread: [...unread, refused] })),
    dismiss: (read) => store.setState(({ unread }) => ({ unread: unread.filter((one) => one !== read) })),
  }
}
