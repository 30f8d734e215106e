/* How far a clock is off, in words. */

/** '20 min', '45 s', '3 h 10 min': how far a clock is off. */
export function spanOf(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000)
  if (seconds < 90) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 120) return `${minutes} min`
  const rest = minutes % 60
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`
}

/** 'about 20 min ahead'; null where the difference is too small to matter, or nobody compared. */
export function skewWords(skewMs: number | null): string | null {
  if (skewMs === null || Math.abs(skewMs) < 5_000) return null
  return `about ${spanOf(skewMs)} ${skewMs > 0 ? 'ahead' : 'behind'}`
}
