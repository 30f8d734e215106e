import { z } from 'zod'

/** What was found in a pasted alert, before it is masked and cut to length. Times in ms. */
export interface FoundAlert {
  readonly mode: 'alertmanager' | 'alerts' | 'json' | 'prometheus' | 'text'
  readonly title: string | null
  readonly reporter: string | null
  readonly labels: Labels
  readonly alerts: readonly OneAlert[]
  readonly starts: readonly number[]
  readonly firing: number
  readonly resolved: number
  readonly remarks: readonly string[]
  /** The gist of it, in lines. */
  readonly gist: string
}

export type Labels = Readonly<Record<string, string>>

export interface OneAlert {
  readonly isFiring: boolean
  readonly labels: Labels
  readonly annotations: Labels
  readonly startedMs: number
}

/** Of more alerts than that the gist names the first. */
const MOST_NAMED = 20

/** Only what is text counts as a label; what else stands there is passed over. */
const labelsSchema = z
  .record(z.string(), z.unknown())
  .catch({})
  .transform((all) =>
    Object.fromEntries(Object.entries(all).filter((pair): pair is [string, string] => typeof pair[1] === 'string')),
  )

/**
 * An alert as Alertmanager 0.28 tells it: to a webhook with `status` 'firing' or 'resolved'
 * (https://prometheus.io/docs/alerting/latest/configuration/#webhook_config), by its API v2 with a `status.state` of 'active',
 * 'suppressed' or 'unprocessed'
 * (https://github.com/prometheus/alertmanager/blob/v0.28.0/api/v2/openapi.yaml, gettableAlert). Times are RFC 3339.
 */
const alertSchema = z.looseObject({
  status: z
    .union([z.string(), z.looseObject({ state: z.string() })])
    .optional()
    .catch(undefined),
  labels: labelsSchema,
  annotations: labelsSchema.optional(),
  startsAt: z.string().max(100).optional().catch(undefined),
})

/** A notification, in the form whose `version` is '4'; Grafana's own is the same with more in it. */
const webhookSchema = z.looseObject({
  alerts: z.array(z.unknown()),
  receiver: z.string().optional().catch(undefined),
  version: z.unknown().optional(),
  groupLabels: labelsSchema.optional(),
  commonLabels: labelsSchema.optional(),
  commonAnnotations: labelsSchema.optional(),
  externalURL: z.string().optional().catch(undefined),
  truncatedAlerts: z.int().optional().catch(undefined),
  orgId: z.unknown().optional(),
})

const jsonStart = /^[\s\uFEFF]*[[{]/

/** Null where it is not JSON, or holds no alert and nothing that could be its title. */
export function readAlertJson(text: string): FoundAlert | null {
  if (!jsonStart.test(text)) return null
  const json = parsed(text.replace(/^\uFEFF/, ''))
  if (json === undefined) return readBroken(text)
  const webhook = webhookSchema.safeParse(json)
  if (webhook.success) return readWebhook(webhook.data) ?? readOther(json)
  const list = alertsOf(Array.isArray(json) ? json : [json])
  return list.length === 0 ? readOther(json) : readGroup(list, {}, {})
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function alertsOf(all: readonly unknown[]): OneAlert[] {
  return all.flatMap((one) => {
    const read = alertSchema.safeParse(one)
    if (!read.success) return []
    const { status, labels, annotations = {}, startsAt } = read.data
    if (Object.keys(labels).length === 0 && Object.keys(annotations).length === 0) return []
    const state = typeof status === 'string' ? status : (status?.state ?? 'active')
    const startedMs = startsAt === undefined ? Number.NaN : Date.parse(startsAt)
    return [{ isFiring: state !== 'resolved', labels, annotations, startedMs }]
  })
}

function readWebhook(webhook: z.infer<typeof webhookSchema>): FoundAlert | null {
  const alerts = alertsOf(webhook.alerts)
  if (alerts.length === 0) return null
  const { groupLabels = {}, commonLabels = {}, commonAnnotations = {}, receiver, truncatedAlerts = 0 } = webhook
  const sender = webhook.orgId === undefined ? 'Alertmanager' : 'Grafana'
  const host = hostOf(webhook.externalURL)
  const isKnown = webhook.version === '4' || webhook.orgId !== undefined
  const found = readGroup(alerts, { ...commonLabels, ...groupLabels }, commonAnnotations)
  return {
    ...found,
    mode: 'alertmanager',
    reporter: `${sender}${host === null ? '' : ` at ${host}`}${receiver === undefined || receiver === '' ? '' : `, receiver ${receiver}`}`,
    remarks: [
      ...(isKnown ? [] : [`It is of form ${versionWords(webhook.version)}; Muster knows form 4. Look twice.`]),
      ...(truncatedAlerts > 0 ? [`${truncatedAlerts} more alerts were left out by ${sender}.`] : []),
    ],
  }
}

function versionWords(version: unknown): string {
  return typeof version === 'string' || typeof version === 'number' ? String(version).slice(0, 20) : 'unknown'
}

function readGroup(alerts: readonly OneAlert[], said: Labels, annotations: Labels): FoundAlert {
  const firing = alerts.filter(({ isFiring }) => isFiring)
  // Where everything is over, what was is told.
  const told = firing.length === 0 ? alerts : firing
  const labels = Object.keys(said).length > 0 ? said : shared(told.map((alert) => alert.labels))
  const common = Object.keys(annotations).length > 0 ? annotations : shared(told.map((alert) => alert.annotations))
  const named = told.slice(0, MOST_NAMED).map(lineOf)
  const rest = told.length - named.length
  const title = titleOf(told, labels, common)
  return {
    mode: 'alerts',
    title,
    reporter: null,
    labels,
    alerts: told,
    starts: told.map(({ startedMs }) => startedMs),
    firing: firing.length,
    resolved: alerts.length - firing.length,
    remarks: [],
    gist: [
      `Alert${title === null ? '' : `: ${title}`}. ${firing.length} firing, ${alerts.length - firing.length} over.`,
      ...Object.entries(labels).map(([name, value]) => `${name} = ${value}`),
      ...(common['description'] === undefined ? [] : [common['description']]),
      ...named,
      ...(rest > 0 ? [`… and ${rest} more.`] : []),
    ].join('\n'),
  }
}

/** One alert says it itself; a group is named by what its alerts share. */
function titleOf(told: readonly OneAlert[], labels: Labels, annotations: Labels): string | null {
  const summary = annotations['summary'] ?? annotations['title'] ?? annotations['message']
  const name = labels['alertname']
  const where = labels['service'] ?? labels['app'] ?? labels['job'] ?? labels['instance'] ?? labels['cluster']
  const [only] = told
  if (told.length === 1 && only !== undefined) {
    if (summary !== undefined && summary.trim() !== '') return summary
    const at = where === undefined ? '' : ` on ${where}`
    return name === undefined ? (annotations['description'] ?? null) : `${name}${at}`
  }
  const number = `${told.length} alerts`
  if (summary !== undefined && summary.trim() !== '') return `${summary} (${number})`
  const names = [...new Set(told.flatMap((alert) => alert.labels['alertname'] ?? []))]
  const first =
    name ?? (names.length === 0 ? null : names.slice(0, 3).join(', ') + (names.length > 3 ? ' and others' : ''))
  if (first === null) return where === undefined ? null : `${number} on ${where}`
  return `${first}${where === undefined ? '' : ` on ${where}`} (${number})`
}

function lineOf({ labels, annotations, startedMs, isFiring }: OneAlert): string {
  const when = Number.isNaN(startedMs) ? '' : ` since ${new Date(startedMs).toISOString()}`
  const { alertname = 'alert', ...others } = labels
  const rest = Object.entries(others).map(([name, value]) => `${name}=${value}`)
  const summary = annotations['summary'] ?? ''
  return `- ${alertname}${isFiring ? when : ' (over)'} ${rest.join(' ')}${summary === '' ? '' : `: ${summary}`}`
}

/** What all of them say alike. */
function shared(all: readonly Labels[]): Labels {
  const [first = {}, ...others] = all
  return Object.fromEntries(
    Object.entries(first).filter(([name, value]) =>
      others.every((other) => Object.hasOwn(other, name) && other[name] === value),
    ),
  )
}

function hostOf(url: string | undefined): string | null {
  return url !== undefined && /^https?:\/\/[^/\s@]+/i.test(url) ? (url.split('/')[2] ?? null) : null
}

const titleNames = ['title', 'summary', 'subject', 'alertname', 'name', 'message', 'text', 'description'] as const
const senderNames = ['reporter', 'sender', 'from', 'source'] as const
const timeNames = [
  'startsAt',
  'startedAt',
  'started_at',
  'triggered_at',
  'timestamp',
  'time',
  'created_at',
  'date',
] as const

/** JSON of another sort: its own words for a title, a sender and a start, if it has such. */
function readOther(json: unknown): FoundAlert {
  const object: Record<string, unknown> =
    typeof json === 'object' && json !== null && !Array.isArray(json) ? { ...json } : {}
  const textAt = (names: readonly string[]) =>
    names.map((name) => object[name]).find((value): value is string => typeof value === 'string' && value.trim() !== '')
  const started = textAt(timeNames)
  const title = textAt(titleNames) ?? null
  return {
    ...{ mode: 'json', title, reporter: textAt(senderNames) ?? null, labels: {}, alerts: [], firing: 0, resolved: 0 },
    starts: started === undefined || !hasZone(started) ? [] : [Date.parse(started)],
    remarks: ['It is JSON, but of no form that Muster knows.'],
    gist: `Alert in JSON${title === null ? '' : `: ${title}`}`,
  }
}

function hasZone(time: string): boolean {
  return /(?:Z|[+-]\d{2}:?\d{2})$/i.test(time.trim())
}

/** JSON that was cut off, or is none: what can be read of it by name. */
function readBroken(text: string): FoundAlert | null {
  const head = text.slice(0, 65_536)
  const at = (name: string) => {
    const found = new RegExp(`"${name}"\\s{0,9}:\\s{0,9}"((?:[^"\\\\]|\\\\.){1,600})"`).exec(head)?.[1]
    const value = found === undefined ? undefined : parsed(`"${found}"`)
    return typeof value === 'string' && value.trim() !== '' ? value : undefined
  }
  const title = at('summary') ?? at('alertname') ?? at('title')
  if (title === undefined) return null
  const started = at('startsAt')
  return {
    ...{ mode: 'json', title, reporter: null, labels: {}, alerts: [], firing: 0, resolved: 0 },
    starts: started === undefined ? [] : [Date.parse(started)],
    remarks: ['It begins like JSON but is not whole, so only part of it was understood. All of it is kept.'],
    gist: `Alert in JSON that is not whole: ${title}`,
  }
}
