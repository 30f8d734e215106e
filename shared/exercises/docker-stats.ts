import { containerId, containerName } from './docker-identity.ts'
import { neverStamp, stamp } from './docker-words.ts'
import { usageOf } from './usage.ts'
import type { ServiceMoment, WorldMoment } from './world.ts'

const noBlkio = {
  io_service_bytes_recursive: null,
  io_serviced_recursive: null,
  io_queue_recursive: null,
  io_service_time_recursive: null,
  io_wait_time_recursive: null,
  io_merged_recursive: null,
  io_time_recursive: null,
  sectors_recursive: null,
}
const noThrottling = { periods: 0, throttled_periods: 0, throttled_time: 0 }
const noCpu = {
  cpu_usage: { total_usage: 0, usage_in_kernelmode: 0, usage_in_usermode: 0 },
  throttling_data: noThrottling,
}

/**
 * One sample of `GET /containers/{id}/stats`, in the form of a host with cgroup v2. `before` is the moment of the
 * sample before it, which CPU % is computed against, or null for a first or one-shot sample.
 */
export function containerStats(
  moment: WorldMoment,
  one: ServiceMoment,
  before: number | null,
): Record<string, unknown> {
  const { scenario } = moment.world
  const named = { name: `/${containerName(scenario, one.service)}`, id: containerId(scenario, one.service) }
  const { usage, service } = one
  if (!usage) {
    return {
      read: neverStamp,
      preread: neverStamp,
      pids_stats: {},
      blkio_stats: noBlkio,
      num_procs: 0,
      storage_stats: {},
      cpu_stats: noCpu,
      precpu_stats: noCpu,
      memory_stats: {},
      ...named,
    }
  }
  const anonymous = usage.memoryBytes - usage.cacheBytes
  const engineMemory = scenario.engine.memory * 1_048_576
  const started = before !== null && before >= one.life.startedAt
  return {
    read: stamp(moment.now, 98_912),
    preread: before === null ? neverStamp : stamp(before, 95_413),
    pids_stats: { current: usage.processes, limit: 9_223 },
    blkio_stats: noBlkio,
    num_procs: 0,
    storage_stats: {},
    cpu_stats: cpuAt(moment, one, moment.now),
    precpu_stats: started ? cpuAt(moment, one, before) : noCpu,
    memory_stats: {
      usage: usage.memoryBytes,
      stats: {
        active_anon: Math.round(anonymous * 0.02),
        active_file: Math.round(usage.cacheBytes * 0.4),
        anon: anonymous,
        file: usage.cacheBytes,
        inactive_anon: Math.round(anonymous * 0.98),
        inactive_file: Math.round(usage.cacheBytes * 0.6),
        pgfault: Math.round(usage.cpuNanoseconds / 40_000),
        pgmajfault: 0,
        unevictable: 0,
      },
      limit: service.memoryLimit > 0 ? service.memoryLimit * 1_048_576 : engineMemory,
    },
    ...named,
    networks: {
      eth0: {
        rx_bytes: usage.receivedBytes,
        rx_packets: Math.round(usage.receivedBytes / 640),
        rx_errors: 0,
        rx_dropped: 0,
        tx_bytes: usage.sentBytes,
        tx_packets: Math.round(usage.sentBytes / 640),
        tx_errors: 0,
        tx_dropped: 0,
      },
    },
  }
}

function cpuAt({ world }: WorldMoment, { service, life }: ServiceMoment, at: number): Record<string, unknown> {
  const { cpus, up } = world.scenario.engine
  const total = usageOf(service, life, { now: at, seed: world.scenario.seed }).cpuNanoseconds
  const hostMs = at - world.startAt + up * 3_600_000
  return {
    cpu_usage: {
      total_usage: total,
      usage_in_kernelmode: Math.floor(total * 0.3),
      usage_in_usermode: total - Math.floor(total * 0.3),
    },
    system_cpu_usage: Math.round(hostMs * cpus) * 1_000_000,
    online_cpus: cpus,
    throttling_data: noThrottling,
  }
}
