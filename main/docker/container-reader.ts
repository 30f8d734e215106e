import { statsAnswerSchema, usageOf } from '../../shared/docker/answers.ts'
import { factsOf, inspectAnswerSchema } from '../../shared/docker/container-answer.ts'
import type { ListedFacts } from '../../shared/docker/row.ts'
import type { ContainerSnapshot, LogTail, Part } from '../../shared/docker/snapshot.ts'
import type { ContainerUsage } from '../../shared/findings/sweep.ts'
import type { CallPlan } from './calls.ts'
import type { EngineReader } from './engine-reader.ts'
import { badAnswer } from './intake.ts'
import { keptBytesOf } from './log-tail.ts'
import type { Slots } from './slots.ts'
import type { WarmSamples } from './warm-stats.ts'

export interface ContainerReading {
  readonly reader: EngineReader
  readonly plan: CallPlan
  readonly slots: Slots
  /** For statistics, each of which waits for two ticks of the engine's clock: queueing them adds up. */
  readonly measuring: Slots
  /** Statistics that came already; null where none are kept warm. */
  readonly warm: WarmSamples | null
  /** Streams of logs that the sweep reads in all: they share what is kept. */
  readonly streams: number
  readonly onUsage: (usage: ContainerUsage) => void
  readonly onStray: (what: string, why: string) => void
}

/** A container as the list tells, with what is still being read of it. */
export interface StartedContainer {
  readonly listed: ListedFacts
  readonly facts: Promise<ContainerSnapshot['facts']>
  readonly logs: Promise<ContainerSnapshot['logs']>
  /** Null at once where none is asked for. */
  readonly usage: Promise<ContainerSnapshot['usage']>
}

/**
 * Starts all calls about one container at once. Statistics wait for nothing else, nor for each other for long: queueing them adds
 * up (16 at a time: 8.4 s for 50, all: 2.1 s).
 */
export function startReading(listed: ListedFacts, reading: ContainerReading): StartedContainer {
  const { plan, slots, reader } = reading
  const { id, name, folder } = listed
  const runs = listed.state === 'running' || listed.state === 'paused'
  const facts = slots.run(() =>
    reader.json(plan.inspect(id, name), `${folder}/inspect.json`, (answer) =>
      factsOf(inspectAnswerSchema.parse(answer)),
    ),
  )
  const logs = listed.state === 'created' ? Promise.resolve(null) : readLogs(listed, reading)
  const usage = runs ? readUsage(listed, reading) : Promise.resolve(null)
  return { listed, facts, logs, usage }
}

/** A warm sample where there is one that tells a CPU %, at once; else it is asked for. */
async function readUsage(
  { id, name, folder }: ListedFacts,
  { reader, plan, measuring, warm, onUsage }: ContainerReading,
): Promise<Part<ContainerUsage>> {
  const item = `${folder}/stats.json`
  const sample = warm?.take(id) ?? null
  const call = plan.stats(id, name)
  const came =
    sample === null
      ? null
      : reader.came(call, item, sample, (answer) => {
          const usage = usageOf(id, statsAnswerSchema.parse(answer))
          if (usage.cpuPercent === null) throw badAnswer(call, 'The sample tells no CPU %.')
          return usage
        })
  if (came !== null) {
    onUsage(came)
    return { read: true, value: came }
  }
  return measuring.run(() =>
    reader.json(call, item, (answer) => {
      const usage = usageOf(id, statsAnswerSchema.parse(answer))
      onUsage(usage)
      return usage
    }),
  )
}

async function readLogs(
  { id, name, folder }: ListedFacts,
  { reader, plan, slots, streams, onStray }: ContainerReading,
): Promise<ContainerSnapshot['logs']> {
  const read = (stream: 'stdout' | 'stderr'): Promise<Part<LogTail>> =>
    slots.run(() =>
      reader.log(plan.logs(stream, id, name), {
        name: `${folder}/${stream}.log`,
        keptBytes: keptBytesOf(streams),
        onWrong: (why) => onStray(`A part of ${stream} of ${name}`, why),
      }),
    )
  const [stdout, stderr] = await Promise.all([read('stdout'), read('stderr')])
  return { stdout, stderr }
}
