import { z } from 'zod'
import { isLogText } from './log-text.ts'

/** A line that a service writes to its log; `text` may hold the fields of `log-text.ts`, such as `%{iso}`. */
const lineSchema = z.strictObject({
  to: z.enum(['stdout', 'stderr']).default('stdout'),
  text: z.string().min(1).max(2_000).refine(isLogText, 'has a field that log lines do not know'),
})

/** A line at a moment: `after` in seconds from the moment, below zero for before it. */
const timedLineSchema = lineSchema.extend({ after: z.number().min(-86_400).max(86_400) })

/**
 * A line that comes again and again while the service is ready: one in each span of `every` seconds, at a moment of
 * chance that all lines of the same service and `every` share; `lag` seconds set it behind its fellows.
 */
const steadyLineSchema = lineSchema.extend({
  every: z.number().min(0.5).max(86_400),
  lag: z.number().min(0).max(5).default(0),
  /** 'works': only while all that the service needs works; 'broken': only while something that it needs does not. */
  while: z.enum(['always', 'works', 'broken']).default('always'),
})

/** What a running service does when something that it needs does not work. */
const withoutNeedsSchema = z.discriminatedUnion('does', [
  /** Stays up and healthy; only its log tells. */
  z.strictObject({ does: z.literal('keep running') }),
  /** Stays up; its health check fails. */
  z.strictObject({ does: z.literal('fail its check') }),
  /** Ends with this exit code so many seconds later; its restart policy decides what follows. */
  z.strictObject({ does: z.literal('exit'), after: z.number().min(0.2).max(3_600), code: z.int().min(1).max(255) }),
])

const healthSchema = z.strictObject({
  test: z.array(z.string()).min(1),
  /** all in seconds */
  interval: z.number().min(1).max(3_600),
  timeout: z.number().min(1).max(3_600),
  startPeriod: z.number().min(0).max(3_600),
  retries: z.int().min(1).max(100),
  /** what a check prints when it passes, and when it fails */
  passes: z.string().max(4_000),
  fails: z.string().max(4_000),
})

const serviceSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_-]{0,40}$/),
  image: z.string().min(1).max(200),
  entrypoint: z.array(z.string()).min(1).nullable().default(null),
  command: z.array(z.string()).min(1),
  workingDir: z.string().default(''),
  user: z.string().default(''),
  env: z.record(z.string(), z.string()).default({}),
  /** ports that the image exposes; none is published, so that no exercise names a port of this machine */
  exposes: z.array(z.int().min(1).max(65_535)).default([]),
  volumes: z.array(z.strictObject({ name: z.string(), at: z.string() })).default([]),
  /** mebibytes; 0 is without a limit */
  memoryLimit: z.int().min(0).max(1_048_576).default(0),
  restartPolicy: z.enum(['no', 'always', 'unless-stopped', 'on-failure']).default('no'),
  /** compose's `depends_on`, as its label has it */
  dependsOn: z
    .array(z.strictObject({ service: z.string(), condition: z.enum(['service_started', 'service_healthy']) }))
    .default([]),
  health: healthSchema.nullable().default(null),
  /** services that must work for this one to work */
  needs: z.array(z.string()).default([]),
  withoutNeeds: withoutNeedsSchema.default({ does: 'keep running' }),
  /** seconds: how long before the exercise it was started, from start to ready, from the stop signal to its end */
  up: z.number().min(1).max(31_536_000),
  boots: z.number().min(0).max(600).default(1),
  stops: z.number().min(0).max(10).default(0.3),
  /** exit code after a stop signal */
  stopCode: z.int().min(0).max(255).default(0),
  usage: z.strictObject({
    /** mebibytes when warm, and how far it swings around that, 0 to 1 */
    memory: z.number().min(0.1).max(1_048_576),
    swing: z.number().min(0).max(0.5).default(0.05),
    /** CPU in cores: 0.04 is 4 % of one */
    cpu: z.number().min(0).max(64),
    processes: z.int().min(1).max(10_000),
    /** bytes a second, in and out */
    received: z.number().min(0).default(0),
    sent: z.number().min(0).default(0),
  }),
  log: z.strictObject({
    /** hours of log that the engine still has */
    keeps: z.number().min(0.1).max(96).default(1),
    /** after each start */
    boot: z.array(timedLineSchema).default([]),
    steady: z.array(steadyLineSchema).max(30).default([]),
    /** from the moment when it loses what it needs, or starts without it */
    lost: z.array(timedLineSchema).default([]),
    /** after a stop signal */
    stop: z.array(timedLineSchema).default([]),
  }),
})

const faultSchema = z.discriminatedUnion('kind', [
  /** The kernel kills the service at its memory limit. */
  z.strictObject({
    kind: z.literal('out of memory'),
    service: z.string(),
    /** seconds before the exercise */
    before: z.number().min(1).max(86_400),
    /** seconds are counted from the kill */
    log: z.array(timedLineSchema).default([]),
  }),
])

/** The engine that the exercise shows. It is made up: nothing of it stands for this machine. */
const engineSchema = z.strictObject({
  host: z.string(),
  version: z.string(),
  apiVersion: z.string().regex(/^1\.\d+$/),
  minApiVersion: z.string().regex(/^1\.\d+$/),
  kernel: z.string(),
  system: z.string(),
  cpus: z.int().min(1).max(256),
  /** mebibytes */
  memory: z.int().min(256),
  /** hours since the host was started */
  up: z.number().min(1),
  /**
   * Seconds between two starts of a restart loop. A real dockerd begins at 0.1, doubles it each time and stops at 60
   * (https://docs.docker.com/engine/containers/start-containers-automatically/, and moby's restartmanager).
   */
  restartDelay: z.strictObject({ first: z.number().min(0.05), longest: z.number().min(0.05).max(60) }),
})

/** A scenario as its file has it: data only, checked for what no single field can state (`problemsOf`). */
export const scenarioSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]*$/),
    title: z.string().min(1).max(120),
    seed: z.int().min(0).max(0xffffffff),
    project: z.string().regex(/^[a-z0-9][a-z0-9_-]*$/),
    workingDir: z.string(),
    configFile: z.string(),
    composeVersion: z.string(),
    engine: engineSchema,
    services: z.array(serviceSchema).min(1).max(40),
    faults: z.array(faultSchema).max(20),
  })
  .check((payload) => {
    for (const { path, message } of problemsOf(payload.value)) {
      payload.issues.push({ code: 'custom', input: payload.value, path, message })
    }
  })

export type Scenario = z.infer<typeof scenarioSchema>
export type Service = Scenario['services'][number]
export type TimedLine = z.infer<typeof timedLineSchema>
export type SteadyLine = z.infer<typeof steadyLineSchema>

/** Names must exist, and a service comes after all that it needs: so there is no circle, and one pass suffices. */
function problemsOf(scenario: {
  services: { name: string; needs: string[]; dependsOn: { service: string }[]; memoryLimit: number }[]
  faults: { service: string }[]
}): { path: (string | number)[]; message: string }[] {
  const problems: { path: (string | number)[]; message: string }[] = []
  const seen = new Set<string>()
  for (const [at, service] of scenario.services.entries()) {
    for (const name of [...service.needs, ...service.dependsOn.map((one) => one.service)]) {
      if (!seen.has(name)) {
        problems.push({ path: ['services', at], message: `${service.name} needs ${name}, which must stand above it` })
      }
    }
    if (seen.has(service.name)) problems.push({ path: ['services', at, 'name'], message: 'is there twice' })
    seen.add(service.name)
  }
  for (const [at, fault] of scenario.faults.entries()) {
    const service = scenario.services.find((one) => one.name === fault.service)
    if (!service) problems.push({ path: ['faults', at, 'service'], message: `there is no service ${fault.service}` })
    else if (service.memoryLimit === 0) {
      problems.push({ path: ['faults', at, 'service'], message: `${fault.service} has no memory limit to reach` })
    }
  }
  return problems
}
