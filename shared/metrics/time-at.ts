/** Something that was so from a moment on (ISO UTC): a severity, a status. */
export interface Since<Value> {
  readonly at: string
  readonly value: Value
}

/** How long something was so in all, in ms; `isStill`: it is so at the end of the time that was looked at. */
export interface TimeAt<Value> {
  readonly value: Value
  readonly ms: number
  readonly isStill: boolean
}

/**
 * How long each value held up to `untilMs` (ms since 1970), the values in the order in which they first did. A change that
 * is dated before the one in front of it counts from that one on, so that no time counts twice and the sum is the whole.
 */
export function timeAtEach<Value extends string>(changes: readonly Since<Value>[], untilMs: number): TimeAt<Value>[] {
  const times = new Map<Value, number>()
  let last: { value: Value; fromMs: number } | null = null
  for (const { at, value } of changes) {
    const fromMs = Math.min(untilMs, Math.max(Date.parse(at), last?.fromMs ?? Number.NEGATIVE_INFINITY))
    if (last !== null) times.set(last.value, (times.get(last.value) ?? 0) + fromMs - last.fromMs)
    if (!times.has(value)) times.set(value, 0)
    last = { value, fromMs }
  }
  if (last !== null) times.set(last.value, (times.get(last.value) ?? 0) + untilMs - last.fromMs)
  const still = last?.value ?? null
  return [...times].map(([value, ms]) => ({ value, ms, isStill: value === still }))
}
