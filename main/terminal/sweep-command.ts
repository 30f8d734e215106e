import type { SweepProgress, SweepSummary } from '../../shared/findings/sweep.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import type { Face } from './face.ts'
import { counted } from './text.ts'
import { findingJson, findingLines } from './findings-text.ts'

interface SweepOptions {
  readonly incident?: string
  readonly docker?: string
}

/** `muster sweep` */
export async function sweepCommand(face: Face, options: SweepOptions): Promise<void> {
  const swept =
    options.incident === undefined ? await sweepOnly(face, options) : await sweepFor(face, options.incident, options)
  const { summary, findings, bundle } = swept
  const kept = bundle === null ? 'Nothing was kept: name an incident to keep it.' : `Evidence: ${bundle}`
  face.say({ summary, bundle, findings: findings.map(findingJson) }, [...findingLines(summary, findings), '', kept])
}

interface Swept {
  readonly summary: SweepSummary
  readonly findings: readonly Finding[]
  readonly bundle: string | null
}

async function sweepOnly({ services, remark }: Face, { docker }: SweepOptions): Promise<Swept> {
  const endpoint = await services.sweeps.findEndpoint('live', docker ?? null)
  return { ...(await services.sweeps.sweepOnly(endpoint, progressTeller(remark))), bundle: null }
}

async function sweepFor({ services, by, remark }: Face, named: string, { docker }: SweepOptions): Promise<Swept> {
  const { id } = await services.desk.ask('find', named)
  const tell = progressTeller(remark)
  const running = await services.sweeps.start({ incident: id, endpoint: docker ?? null, by }, (_sweep, progress) =>
    tell(progress),
  )
  const cancel = () => services.sweeps.cancel(running.id)
  process.once('SIGINT', cancel)
  try {
    return await running.kept
  } finally {
    process.off('SIGINT', cancel)
  }
}

/** Says what a person at a terminal wants to know meanwhile: that there is an answer, and how far it is. */
export function progressTeller(remark: (line: string) => void): (progress: SweepProgress) => void {
  let told = 0
  let rowsTold = false
  return (progress) => {
    if (progress.step === 'rows' && !rowsTold) {
      remark(
        `Found ${counted(progress.rows.length, 'container')}; reading ${progress.rows.length === 1 ? 'it' : 'them'}.`,
      )
      rowsTold = true
    }
    if (progress.step !== 'read') return
    const quarter = Math.floor((progress.done * 4) / Math.max(1, progress.of))
    if (quarter > told) remark(`Read ${progress.done} of ${progress.of}.`)
    told = Math.max(told, quarter)
  }
}
