import { chanceInt, chanceUnit } from './chance.ts'
import { addressOf } from './docker-identity.ts'
import type { Life } from './course.ts'
import { writeLogText } from './log-text.ts'
import type { SteadyLine, TimedLine } from './scenario.ts'
import { gaps, type Span, within } from './spans.ts'
import type { ServiceMoment, World, WorldMoment } from './world.ts'

/** A line of a container's log. `nanos` are the nanoseconds beyond the millisecond `at`. */
export type LogLine = {
  readonly at: number
  readonly nanos: number
  readonly to: 'stdout' | 'stderr'
  readonly text: string
}

type Draft = { at: number; line: { to: 'stdout' | 'stderr'; text: string }; key: string }

/**
 * The lines that the engine still has of a service's log from `from` up to and including the world's now, oldest
 * first. Asking for a later stretch of the same world gives the same lines again.
 */
export function linesOf(moment: WorldMoment, one: ServiceMoment, from = -Infinity): LogLine[] {
  const lastSign = Math.min(moment.now, one.life.endedAt)
  const start = Math.max(from, lastSign - one.service.log.keeps * 3_600_000)
  const stretch: Span = { from: start, to: moment.now + 1 }
  const drafts = one.course.lives
    .filter((life) => life.endedAt >= start && life.startedAt <= moment.now)
    .flatMap((life) => linesOfLife(moment, one, { life, stretch }))
  return drafts.map((draft) => write(moment, one, draft)).toSorted((a, b) => a.at - b.at || a.nanos - b.nanos)
}

function linesOfLife(
  { world }: WorldMoment,
  { service, needsWork }: ServiceMoment,
  { life, stretch }: { life: Life; stretch: Span },
): Draft[] {
  const { boot, steady, lost, stop } = service.log
  const ready = within([{ from: life.readyAt, to: life.stopsAt }], stretch.from, stretch.to)
  const timed = (lines: readonly TimedLine[], from: number, name: string) =>
    lines.map((line, nth): Draft => ({ at: from + line.after * 1000, line, key: `${name} ${from} ${nth}` }))

  const drafts = timed(boot, life.startedAt, 'boot')
  for (const gap of gaps(needsWork, life.startedAt, Math.min(life.stopsAt, stretch.to))) {
    drafts.push(...timed(lost, gap.from, 'lost').filter((draft) => draft.at < gap.to))
  }
  if (life.endedBy === 'restart') drafts.push(...timed(stop, life.stopsAt, 'stop'))
  if (life.endedBy === 'fault') {
    const faults = world.scenario.faults.filter((fault) => fault.service === service.name)
    for (const fault of faults) {
      if (world.startAt - fault.before * 1000 === life.endedAt) drafts.push(...timed(fault.log, life.endedAt, 'fault'))
    }
  }
  for (const [nth, line] of steady.entries()) {
    const spans = ready.flatMap((span) => phaseOf(line.while, needsWork, span))
    for (const span of spans) drafts.push(...steadyDrafts(line, span, { world, name: service.name, nth }))
  }
  return drafts.filter(({ at }) => at >= stretch.from && at < stretch.to && at >= life.startedAt && at <= life.endedAt)
}

function phaseOf(phase: SteadyLine['while'], needsWork: readonly Span[], span: Span): Span[] {
  if (phase === 'always') return [span]
  return phase === 'works' ? within(needsWork, span.from, span.to) : gaps(needsWork, span.from, span.to)
}

function steadyDrafts(
  line: SteadyLine,
  span: Span,
  { world, name, nth }: { world: World; name: string; nth: number },
): Draft[] {
  const everyMs = line.every * 1000
  const drafts: Draft[] = []
  const lastSlot = Math.floor((span.to - world.startAt) / everyMs)
  for (let slot = Math.floor((span.from - world.startAt) / everyMs) - 1; slot <= lastSlot; slot++) {
    const jitter = 0.9 * chanceUnit(world.scenario.seed, name, 'slot', line.every, slot)
    const at = Math.round(world.startAt + (slot + jitter) * everyMs + line.lag * 1000)
    if (at >= span.from && at < span.to) drafts.push({ at, line, key: `steady ${nth} ${slot}` })
  }
  return drafts
}

function write({ world }: WorldMoment, { service }: ServiceMoment, { at, line, key }: Draft): LogLine {
  const { seed } = world.scenario
  const whole = Math.floor(at)
  const named = `${service.name} ${key}`
  const text = writeLogText(line.text, { at: whole, seed, key: named, ipOf: (name) => addressOf(world.scenario, name) })
  return { at: whole, nanos: chanceInt([0, 999_999], seed, named, 'nanos'), to: line.to, text }
}
