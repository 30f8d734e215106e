import { createStore, type StoreApi } from 'zustand/vanilla'

/** The moment that the screen shows: whole seconds, so that all clocks of the window tick together. */
export interface NowStore {
  readonly store: StoreApi<{ readonly nowMs: number }>
  /** Starts ticking at each full second. Answers its own undo. */
  start(): () => void
}

export function createNowStore(now: () => number): NowStore {
  const store = createStore(() => ({ nowMs: wholeSecond(now()) }))
  return {
    store,
    start() {
      let timer: ReturnType<typeof setTimeout>
      const tick = () => {
        store.setState({ nowMs: wholeSecond(now()) })
        timer = setTimeout(tick, 1000 - (now() % 1000))
      }
      tick()
      return () => clearTimeout(timer)
    },
  }
}

function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000
}
