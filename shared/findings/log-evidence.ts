import type { LogSignature } from '../docker/snapshot.ts'
import type { ContainerView } from './container-view.ts'
import type { Draft } from './draft.ts'

const hour = 3_600_000
const most = 3

/**
 * D24: what the log speaks of around the time of a finding, counted, as evidence under it; never a finding of its own, as
 * programs complain of much that ends well.
 */
export function withLogEvidence(draft: Draft, view: ContainerView, now: number): Draft {
  const around = Date.parse(draft.since ?? view.endedAt ?? '') || now
  const streams = (['stderr', 'stdout'] as const).map((stream) => ({ stream, told: toldBy(view, stream, around) }))
  const counted = merged(streams.flatMap(({ told }) => told))
  const lines = counted.reduce((sum, one) => sum + one.lines, 0)
  // One line that is quoted already says nothing more by being counted.
  if (lines === 0 || (lines === 1 && view.lastWords?.sign !== null)) return draft
  const told = counted.slice(0, most).map((one) => inWords(one, now))
  const more = counted.length > most ? `; and ${counted.length - most} more` : ''
  const read = streams
    .filter((one) => one.told.length > 0)
    .map(({ stream }) => `${view.container.folder}/${stream}.log`)
  return {
    ...draft,
    why: `${draft.why} The end of its log speaks of ${told.join('; ')}${more}.`,
    evidence: [...new Set([...draft.evidence, ...read])],
  }
}

function toldBy({ container: { logs } }: ContainerView, stream: 'stdout' | 'stderr', around: number): LogSignature[] {
  const tail = logs?.[stream]
  if (tail?.read !== true) return []
  return tail.value.signatures.filter(({ last }) => last === null || Date.parse(last) >= around - hour)
}

/** Most lines first. */
function merged(signatures: readonly LogSignature[]): LogSignature[] {
  return [...Map.groupBy(signatures, ({ trouble }) => trouble)]
    .map(([trouble, all]) => ({
      trouble,
      lines: all.reduce((sum, { lines }) => sum + lines, 0),
      first:
        all
          .map(({ first }) => first)
          .filter((at) => at !== null)
          .toSorted()[0] ?? null,
      last:
        all
          .map(({ last }) => last)
          .filter((at) => at !== null)
          .toSorted()
          .at(-1) ?? null,
    }))
    .toSorted((a, b) => b.lines - a.lines)
}

/** 'connection refused (14 lines, 11:58:02 to 12:00:41 UTC)' */
function inWords({ trouble, lines, first, last }: LogSignature, now: number): string {
  const count = `${lines} ${lines === 1 ? 'line' : 'lines'}`
  if (first === null || last === null) return `${trouble} (${count})`
  const [from, to] = [timeIn(first, now), timeIn(last, now)]
  return `${trouble} (${count}, ${from === to ? from : `${from} to ${to}`} UTC)`
}

/** The time, with the day where it is another than today. */
function timeIn(at: string, now: number): string {
  const iso = new Date(at).toISOString()
  const today = new Date(now).toISOString().slice(0, 10)
  return iso.startsWith(today) ? iso.slice(11, 19) : iso.slice(0, 19).replace('T', ' ')
}
