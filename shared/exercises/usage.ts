import { chanceUnit } from './chance.ts'
import type { Life } from './course.ts'
import type { Service } from './scenario.ts'

/** What a running service uses: counters since its start, as a kernel would count them. */
export type Usage = {
  readonly memoryBytes: number
  /** page cache within it, which tools subtract */
  readonly cacheBytes: number
  readonly cpuNanoseconds: number
  readonly processes: number
  readonly receivedBytes: number
  readonly sentBytes: number
}

const mebibyte = 1_048_576
const warmUpMs = 40_000
/** CPU and memory swing in waves of this length. */
const waveMs = 47_000
const cpuSwing = 0.35

/** Usage at a moment of a life; counters never fall while the life lasts. */
export function usageOf(service: Service, life: Life, { now, seed }: { now: number; seed: number }): Usage {
  const { usage, memoryLimit } = service
  const ageMs = Math.max(0, Math.min(now, life.stopsAt) - life.startedAt)
  const phase = chanceUnit(seed, service.name, 'wave') * 2 * Math.PI
  const turn = (2 * Math.PI * ageMs) / waveMs + phase
  const warm = 0.35 + 0.65 * (1 - Math.exp(-ageMs / warmUpMs))
  const wanted = usage.memory * mebibyte * warm * (1 + usage.swing * Math.sin(turn))
  const memoryBytes = Math.round(Math.min(wanted, memoryLimit > 0 ? memoryLimit * mebibyte * 0.98 : Infinity))
  /** the integral of cpu × (1 + swing × sin(turn)), which rises as long as the swing is below 1 */
  const wave = (cpuSwing * waveMs * (Math.cos(phase) - Math.cos(turn))) / (2 * Math.PI)
  return {
    memoryBytes,
    cacheBytes: Math.round(memoryBytes * 0.12),
    cpuNanoseconds: Math.round(usage.cpu * (ageMs + wave) * 1_000_000),
    processes: usage.processes,
    receivedBytes: Math.round((usage.received * ageMs) / 1000),
    sentBytes: Math.round((usage.sent * ageMs) / 1000),
  }
}
