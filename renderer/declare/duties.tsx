import { regulatoryStart } from '../../shared/clocks/regulatory.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { useNow, useZone } from '../stores.ts'
import { declareWords } from '../words/declare.ts'
import { shortTime, span, zoneName } from '../words/time.ts'

interface Props {
  readonly pack: Pack
  /** When it was noticed, ISO UTC. */
  readonly detectedAt: string
}

/** What may be owed to authorities, and since when it would count. Nothing of it runs before a person says that it holds. */
export function MayBeOwed({ pack, detectedAt }: Props) {
  const nowMs = useNow()
  const zone = useZone()
  const words = declareWords.duties
  if (pack.regulatory.length === 0) return null
  return (
    <section className="card stack" aria-label={words.title}>
      <h2>§ {words.title}</h2>
      <ul className="stack">
        {pack.regulatory.map((duty) => {
          const since = regulatoryStart(duty, { detectedAt, declaredAt: new Date(nowMs).toISOString() })
          const limit = words.limit(duty.authority, span(duty.withinMinutes * 60_000))
          const counts =
            since === null ? words.awareness : words.counts(`${shortTime(since, nowMs, zone)} ${zoneName(zone)}`)
          return (
            <li key={duty.id}>
              <b>{duty.title}</b> {limit} {counts} <span className="soft">{words.holdsWhen(duty.holdsWhen)}</span>
            </li>
          )
        })}
      </ul>
      <p className="faint">{words.where}</p>
    </section>
  )
}
