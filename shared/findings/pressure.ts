import type { ContainerUsage } from './sweep.ts'
import { containerDraft } from './container-draft.ts'
import type { ContainerView } from './container-view.ts'
import type { Draft } from './draft.ts'
import { bytesInWords, typed } from './words.ts'

/** From these parts of a limit on it is told: the kernel kills at the whole. */
const memoryPart = 0.9
const processPart = 0.9
/** Held back in a quarter of the scheduler's periods. */
const throttled = 0.25

/** D14 and D15: near its limit of memory or of processes, or held back by its limit of processor time. */
export function pressureDrafts(view: ContainerView): Draft[] {
  const usage = view.container.usage
  if (usage?.read !== true || view.state !== 'running') return []
  return [memoryNear(view, usage.value), processesNear(view, usage.value), heldBack(view, usage.value)].filter(
    (draft) => draft !== null,
  )
}

function memoryNear(view: ContainerView, { memoryBytes }: ContainerUsage): Draft | null {
  const limit = view.facts?.memoryLimitBytes ?? 0
  if (limit <= 0 || memoryBytes < limit * memoryPart) return null
  return pressed(view, {
    code: 'D14',
    title: `${view.object.name} is near its memory limit`,
    why: `It uses ${bytesInWords(memoryBytes)} of the ${bytesInWords(limit)} that it may, without what the kernel can take back. At the limit the kernel kills it.`,
    cause: `memory limit of ${bytesInWords(limit)} nearly reached`,
    signs: ['out-of-memory'],
    next: `Find what grows, or raise its limit: docker stats --no-stream ${typed(view.object.name)}`,
  })
}

function processesNear(view: ContainerView, { processes, processLimit }: ContainerUsage): Draft | null {
  const limit = view.facts?.limits?.processes ?? processLimit
  if (processes === null || limit === null || processes < limit * processPart) return null
  return pressed(view, {
    code: 'D15',
    title: `${view.object.name} is near its limit of processes`,
    why: `It runs ${processes} of ${limit} processes and threads. At the limit it can start no other: new work fails with 'resource temporarily unavailable'.`,
    cause: `limit of ${limit} processes nearly reached`,
    signs: [],
    next: `See what it runs: docker top ${typed(view.object.name)}`,
  })
}

function heldBack(view: ContainerView, { throttledPart, cpuPercent }: ContainerUsage): Draft | null {
  if (throttledPart === null || throttledPart < throttled) return null
  const cores = view.facts?.limits?.cores ?? null
  const limit = cores === null ? 'its limit of processor time' : `its limit of ${cores} cores`
  const uses = cpuPercent === null ? '' : ` It uses ${(cpuPercent / 100).toFixed(2)} cores.`
  return pressed(view, {
    code: 'D15',
    title: `${view.object.name} is held back by its CPU limit`,
    why: `The kernel stopped it in ${Math.round(throttledPart * 100)} % of its time slices, for ${limit}.${uses} It answers slowly, and its checks may time out.`,
    cause: `${limit} reached`,
    signs: [],
    next: `Raise its limit if the machine has room: docker update --cpus … ${typed(view.object.name)}`,
  })
}

type Said = Pick<Draft, 'code' | 'title' | 'why' | 'cause' | 'signs' | 'next'>

function pressed(view: ContainerView, said: Said): Draft {
  const draft = containerDraft(view, {
    tier: 2,
    sure: 'measured',
    since: null,
    mayFollow: false,
    quotesLog: false,
    ...said,
  })
  return { ...draft, evidence: [...draft.evidence, `${view.container.folder}/stats.json`] }
}
