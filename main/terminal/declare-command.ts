import type { Alert } from '../../shared/incident/alert.ts'
import { inUtc } from '../../shared/postmortem/words.ts'
import { refuse } from '../../shared/refusal.ts'
import { declarationOf } from '../incidents/declare.ts'
import { packNamed } from '../packs/packs.ts'
import { alertIn, keepAlert } from './alert-file.ts'
import { readAnswers } from './answers-file.ts'
import type { Face } from './face.ts'
import { counted, plain } from './text.ts'

export interface DeclareOptions {
  readonly pack: string
  readonly title?: string
  readonly alert?: string
  readonly system?: readonly string[]
  readonly reportedBy?: string
  readonly severity?: string
  readonly answers?: string
  readonly unconfirmed?: boolean
  readonly exercise?: boolean
  readonly detectedAt?: string
  readonly commander?: string
  readonly type?: readonly string[]
}

/** `muster declare`. What is said holds; an alert fills what is not said, and goes into the timeline. */
export async function declareCommand(face: Face, options: DeclareOptions): Promise<void> {
  const { services, by, say, remark } = face
  const alert = options.alert === undefined ? null : await alertIn(options.alert)
  for (const line of alert?.remarks ?? []) remark(plain(line))
  const title = options.title ?? alert?.title ?? null
  if (title === null) throw noTitle(alert !== null)
  const { loaded: filledBy, refusal } = await services.overlays.inForce()
  if (refusal !== null) remark(`The overlay in force cannot be read, so the runbook stands alone: ${refusal.happened}`)
  const said = {
    title,
    mode: options.exercise === true ? ('exercise' as const) : ('live' as const),
    unconfirmed: options.unconfirmed === true,
    detectedAt: options.detectedAt ?? alert?.startedAt ?? null,
    severity: options.severity ?? null,
    answers: options.answers === undefined ? {} : await readAnswers(options.answers),
    reason: null,
    commander: options.commander ?? null,
    types: options.type,
    systems: options.system ?? alert?.systems ?? [],
    reportedBy: options.reportedBy ?? alert?.reporter ?? null,
  }
  const declaration = declarationOf(packNamed(services.shelf.packs, options.pack), said, filledBy)
  const { id, number } = await services.desk.ask('declare', declaration, by)
  const kept = alert === null ? null : await keepAlert(face, id, alert)
  const { severity, detectedAt } = declaration
  const how = severity === null ? 'No severity is set yet.' : `${severity.severity.code}: ${severity.reason}`
  const told = { id, number, title, severity: severity?.severity ?? null, assumed: severity?.assumed ?? false }
  say(alert === null ? told : { ...told, detectedAt, alert: { ...alert, whole: undefined }, evidence: kept }, [
    `Declared ${number}${options.exercise === true ? ' as an EXERCISE' : ''}: ${plain(title)}.`,
    plain(how),
    ...(alert === null ? [] : alertLines(alert, kept)),
  ])
}

function alertLines(alert: Alert, kept: string | null): string[] {
  const { startedAt, reporter, masked } = alert
  return [
    plain(`Of the alert: noticed ${startedAt === null ? 'now' : inUtc(startedAt)} by ${reporter ?? 'nobody named'}.`),
    ...(masked === 0 ? [] : [`Masked before it was kept: ${counted(masked, 'secret')}.`]),
    kept === null ? 'Its text stands in the timeline.' : `Its gist stands in the timeline, the whole of it is ${kept}.`,
  ]
}

function noTitle(hasAlert: boolean) {
  return refuse('bad-input', {
    tried: 'Declare an incident',
    happened: hasAlert ? 'Nothing in the alert would be a title.' : 'It does not say what is wrong.',
    next: 'Say it in a few words: --title "…"; or give an alert that does: --alert FILE.',
  })
}
