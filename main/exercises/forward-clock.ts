/**
 * A clock in ms since the epoch that follows the wall clock and never runs backwards: where the wall clock is set
 * back, it goes on from where it was.
 */
export function forwardClock(wall: () => number): () => number {
  let last = wall()
  let world = last
  return () => {
    const now = wall()
    world += Math.max(0, now - last)
    last = now
    return world
  }
}
