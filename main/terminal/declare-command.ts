import { declarationOf } from '../incidents/declare.ts'
import { packNamed } from '../packs/packs.ts'
import { readAnswers } from './answers-file.ts'
import type { Face } from './face.ts'
import { plain } from './text.ts'

export interface DeclareOptions {
  readonly pack: string
  readonly title: string
  readonly severity?: string
  readonly answers?: string
  readonly unconfirmed?: boolean
  readonly exercise?: boolean
  readonly detectedAt?: string
  readonly commander?: string
  readonly type?: readonly string[]
}

/** `muster declare` */
export async function declareCommand({ services, by, say, remark }: Face, options: DeclareOptions): Promise<void> {
  const { loaded: filledBy, refusal } = await services.overlays.inForce()
  if (refusal !== null) remark(`The overlay in force cannot be read, so the runbook stands alone: ${refusal.happened}`)
  const said = {
    title: options.title,
    mode: options.exercise === true ? ('exercise' as const) : ('live' as const),
    unconfirmed: options.unconfirmed === true,
    detectedAt: options.detectedAt ?? null,
    severity: options.severity ?? null,
    answers: options.answers === undefined ? {} : await readAnswers(options.answers),
    reason: null,
    commander: options.commander ?? null,
    types: options.type,
  }
  const declaration = declarationOf(packNamed(services.shelf.packs, options.pack), said, filledBy)
  const { id, number } = await services.desk.ask('declare', declaration, by)
  const { severity } = declaration
  const how = severity === null ? 'No severity is set yet.' : `${severity.severity.code}: ${severity.reason}`
  say({ id, number, title: options.title, severity: severity?.severity ?? null, assumed: severity?.assumed ?? false }, [
    `Declared ${number}${options.exercise === true ? ' as an EXERCISE' : ''}: ${plain(options.title)}.`,
    plain(how),
  ])
}
