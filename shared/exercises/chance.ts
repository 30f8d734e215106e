/**
 * Chance that is always the same: numbers from a seed and a list of names, so that any moment of a world can be
 * computed without the moments before it. Not for secrets.
 */
function chance32(seed: number, ...parts: readonly (string | number)[]): number {
  let hash = (seed ^ 0x811c9dc5) >>> 0
  for (const part of parts) {
    const text = typeof part === 'number' ? `#${part}` : part
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0
    hash = Math.imul(hash ^ 0x1f, 0x01000193) >>> 0
  }
  return mix(hash)
}

/** From 0 up to, not including, 1. */
export function chanceUnit(seed: number, ...parts: readonly (string | number)[]): number {
  return chance32(seed, ...parts) / 0x1_0000_0000
}

/** A whole number from `low` to `high`, both included. */
export function chanceInt(
  range: readonly [low: number, high: number],
  seed: number,
  ...parts: (string | number)[]
): number {
  const [low, high] = range
  return low + Math.floor(chanceUnit(seed, ...parts) * (high - low + 1))
}

/** Lower-case hex digits, `length` of them: ids of containers, images and networks. */
export function chanceHex(length: number, seed: number, ...parts: readonly (string | number)[]): string {
  let hex = ''
  for (let block = 0; hex.length < length; block++) {
    hex += chance32(seed, ...parts, block)
      .toString(16)
      .padStart(8, '0')
  }
  return hex.slice(0, length)
}

/** The finaliser of murmur3: spreads neighbouring inputs over the whole range. */
function mix(value: number): number {
  let hash = value
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
