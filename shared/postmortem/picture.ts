import type { PostmortemDocument } from './model.ts'
import { severityShape, timeOf } from './words.ts'

/** A shape of the picture in a plane 720 wide. Words are as they were written: whoever draws escapes them. */
export type Shape =
  | {
      readonly shape: 'line'
      readonly x1: number
      readonly y1: number
      readonly x2: number
      readonly y2: number
      readonly kind: 'axis' | 'stem'
    }
  | {
      readonly shape: 'bar'
      readonly x: number
      readonly y: number
      readonly width: number
      readonly height: number
      readonly rank: number
    }
  | {
      readonly shape: 'dot'
      readonly x: number
      readonly y: number
      readonly kind: 'sweep-found' | 'sweep-clear' | 'moment' | 'entry'
    }
  | {
      readonly shape: 'words'
      readonly x: number
      readonly y: number
      readonly text: string
      readonly anchor: 'start' | 'middle' | 'end'
      readonly kind: 'moment' | 'tick' | 'lane' | 'bar'
    }

export interface Picture {
  readonly width: number
  readonly height: number
  /** The picture in a sentence, for those who do not see it. */
  readonly says: string
  readonly shapes: readonly Shape[]
}

const width = 720
const left = 76
/** Room for the name of the last moment. */
const right = width - 120
const minute = 60_000
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080, 43_200].map(
  (minutes) => minutes * minute,
)

interface Scale {
  readonly fromMs: number
  readonly toMs: number
  readonly x: (ms: number) => number
}

interface Moment {
  readonly ms: number
  readonly title: string
}

/** What happened when, drawn to scale; null where no two moments are known. */
export function pictureOf(document: PostmortemDocument): Picture | null {
  const moments = momentsOf(document)
  const scale = scaleOf(document, moments)
  if (scale === null) return null
  const { shapes: flags, height: top } = flagsOf(moments, scale)
  const barTop = top + 8
  const sweepLane = barTop + 38
  const entryLane = sweepLane + 18
  const axis = entryLane + 14
  return {
    width,
    height: axis + 34,
    says: saysOf(moments, document),
    shapes: [
      ...ticksOf(scale, axis),
      ...flags.map((shape) => (shape.shape === 'line' ? { ...shape, y2: axis } : shape)),
      ...barsOf(document, scale, barTop),
      lane('severity', barTop + 15),
      ...sweepsOf(document, scale, sweepLane),
      lane('sweeps', sweepLane + 4),
      ...entriesOf(document, scale, entryLane),
      lane('entries', entryLane + 4),
      { shape: 'line', x1: left, y1: axis, x2: right, y2: axis, kind: 'axis' },
    ],
  }
}

function momentsOf({ times, header }: PostmortemDocument): Moment[] {
  const moments = times.flatMap(({ at, title }) => {
    const ms = timeOf(at)
    return ms === null ? [] : [{ ms, title }]
  })
  const madeMs = timeOf(header.madeAt)
  const open = header.open && madeMs !== null ? [{ ms: madeMs, title: 'Open, as exported' }] : []
  return [...moments, ...open].toSorted((a, b) => a.ms - b.ms)
}

/** From the first moment to the last; one that lies further back than all the rest took is left out, not to squash them. */
function scaleOf({ times }: PostmortemDocument, moments: readonly Moment[]): Scale | null {
  const firstSeen = timeOf(times.find(({ id }) => id === 'first-seen')?.at ?? null)
  const rest = moments.filter(({ ms }) => ms !== firstSeen)
  const [first] = rest
  const last = rest.at(-1)
  if (first === undefined || last === undefined) return null
  const took = last.ms - first.ms
  const fits = firstSeen !== null && firstSeen < first.ms && first.ms - firstSeen <= took
  const fromMs = fits ? firstSeen : first.ms
  const toMs = Math.max(last.ms, fromMs + minute)
  return { fromMs, toMs, x: (ms) => round(left + ((ms - fromMs) / (toMs - fromMs)) * (right - left)) }
}

function isIn({ fromMs, toMs }: Scale, ms: number | null): ms is number {
  return ms !== null && ms >= fromMs && ms <= toMs
}

/** The names of the moments, each above all that begin under it, so that no stem crosses a name. */
function flagsOf(moments: readonly Moment[], scale: Scale): { shapes: Shape[]; height: number } {
  const placed: { text: string; x: number; row: number }[] = []
  for (const { ms, title } of moments.toReversed()) {
    if (!isIn(scale, ms)) continue
    const text = `${title} ${new Date(ms).toISOString().slice(11, 16)}`
    const x = scale.x(ms)
    const end = x + text.length * 6.2 + 8
    const row = Math.max(0, ...placed.filter((other) => other.x < end).map((other) => other.row + 1))
    placed.push({ text, x, row })
  }
  const height = Math.max(0, ...placed.map(({ row }) => row + 1)) * 15 + 6
  const shapes = placed.flatMap(({ text, x, row }): Shape[] => {
    const y = height - row * 15 - 8
    return [
      { shape: 'line', x1: x, y1: y - 8, x2: x, y2: height, kind: 'stem' },
      { shape: 'words', x: x + 4, y, text, anchor: 'start', kind: 'moment' },
    ]
  })
  return { shapes, height }
}

function barsOf({ severities, header }: PostmortemDocument, scale: Scale, y: number): Shape[] {
  const endMs = Math.min(scale.toMs, timeOf(header.madeAt) ?? scale.toMs)
  return severities.flatMap(({ from, to, severity }): Shape[] => {
    const fromMs = Math.max(scale.fromMs, timeOf(from) ?? scale.fromMs)
    const toMs = Math.min(endMs, timeOf(to) ?? endMs)
    if (toMs <= fromMs) return []
    const x = scale.x(fromMs)
    const wide = round(scale.x(toMs) - x)
    const bar: Shape = { shape: 'bar', x, y, width: wide, height: 22, rank: severity.rank }
    const text = `${severityShape(severity.rank)} ${severity.code}`
    const words: Shape = { shape: 'words', x: x + 5, y: y + 15, text, anchor: 'start', kind: 'bar' }
    return wide > text.length * 7 + 8 ? [bar, words] : [bar]
  })
}

function sweepsOf({ sweeps }: PostmortemDocument, scale: Scale, y: number): Shape[] {
  return sweeps.flatMap(({ at, found }): Shape[] => {
    const ms = timeOf(at)
    if (!isIn(scale, ms)) return []
    return [{ shape: 'dot', x: scale.x(ms), y, kind: found > 0 ? 'sweep-found' : 'sweep-clear' }]
  })
}

function entriesOf({ timeline }: PostmortemDocument, scale: Scale, y: number): Shape[] {
  const xs = timeline.flatMap(({ happenedAt }) => {
    const ms = timeOf(happenedAt)
    return isIn(scale, ms) ? [Math.round(scale.x(ms))] : []
  })
  return [...new Set(xs)].map((x): Shape => ({ shape: 'dot', x, y, kind: 'entry' }))
}

/** Marks at round times of day (UTC), eight at most; the date stands under the first and where it changes. */
function ticksOf({ fromMs, toMs, x }: Scale, axis: number): Shape[] {
  const step = steps.find((one) => (toMs - fromMs) / one <= 8) ?? (toMs - fromMs) / 8
  const shapes: Shape[] = []
  let day = ''
  for (let ms = Math.ceil(fromMs / step) * step; ms <= toMs; ms += step) {
    const iso = new Date(ms).toISOString()
    const at = x(ms)
    shapes.push({ shape: 'line', x1: at, y1: axis, x2: at, y2: axis + 4, kind: 'axis' })
    shapes.push({ shape: 'words', x: at, y: axis + 15, text: iso.slice(11, 16), anchor: 'middle', kind: 'tick' })
    if (iso.slice(0, 10) !== day)
      shapes.push({ shape: 'words', x: at, y: axis + 27, text: iso.slice(0, 10), anchor: 'middle', kind: 'tick' })
    day = iso.slice(0, 10)
  }
  return [...shapes, lane('UTC', axis + 15)]
}

function lane(text: string, y: number): Shape {
  return { shape: 'words', x: left - 10, y, text, anchor: 'end', kind: 'lane' }
}

function saysOf(moments: readonly Moment[], { sweeps, severities }: PostmortemDocument): string {
  const when = moments.map(({ title, ms }) => `${title} ${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')}`)
  const levels = severities.map(({ severity, from }) => `${severity.code} from ${from.slice(11, 16)}`)
  return `Times in UTC: ${[...when, ...levels].join(', ')}; ${sweeps.length} sweeps. The tables below say the same.`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
