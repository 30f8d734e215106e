/**
 * What a shell puts into the window: one function per call of the contract, and one way to hear the feeds.
 * Payloads are JSON text both ways (measured: through a debugging pipe an object of 1 MB costs about a second,
 * the same as text some 45 ms). The window reaches nothing of the shell but this.
 */
export interface Bridge {
  /** Keyed by the contract's call names. Argument and answer are JSON text; the answer is an `Answer`. */
  readonly calls: Readonly<Record<string, (argument: string) => Promise<string>>>
  /** Delivers every feed message as (feed name, JSON text). Returns its own undo. */
  listen(deliver: (feed: string, message: string) => void): () => void
}

/** The window's global under which the shell puts the bridge. */
export const BRIDGE_NAME = 'muster'
