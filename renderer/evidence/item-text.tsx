import { useStore } from 'zustand'
import type { Result } from '../../shared/contract.ts'
import { useStores, useZone } from '../stores.ts'
import { CopyButton } from '../ui/copy-text.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { evidenceWords } from '../words/evidence.ts'
import { bytes, timeOfDay } from '../words/time.ts'
import { scrollable } from '../ui/scrollable.ts'
import { layOut } from './lay-out.ts'

/** More lines than these are not drawn: the page stays quick, and the copy and the export hold all. */
const MOST_LINES = 5000

/** The text of the chosen item, what is known of it, and whether its bundle's bytes are still the ones kept. */
export function ItemText({ id }: { readonly id: string }) {
  const { evidence } = useStores()
  const reading = useStore(evidence.store, (state) => state.reading)
  if (reading === null || reading.incident !== id) {
    return <p className="soft evidence-text">{evidenceWords.choose}</p>
  }
  if (reading.refusal !== null) {
    return (
      <div className="evidence-text">
        <RefusalNote
          refusal={reading.refusal}
          onRetry={() => void evidence.read(reading.incident, reading.bundle, reading.item)}
        />
      </div>
    )
  }
  if (reading.value === null) {
    return <output className="asked evidence-text">{evidenceWords.reading}</output>
  }
  return <Shown value={reading.value} />
}

function Shown({ value }: { readonly value: Result<'evidence.read'> }) {
  const { item, text: read, picture, check, cut } = value
  const text = read ?? ''
  const laidOut = layOut(item.name, text)
  const lines = (laidOut ?? text).split('\n')
  if (lines.at(-1) === '') lines.pop()
  return (
    <section className="evidence-text" aria-label={item.name}>
      <div className="row wrap">
        <h2 className="evidence-name">{item.name}</h2>
        <span className="end" />
        <CopyButton text={text} label={evidenceWords.copy} />
      </div>
      <output className={check === 'match' ? 'check-match' : 'check-mismatch'}>
        {check === 'match' ? evidenceWords.match : evidenceWords.mismatch}
      </output>
      <About item={item} />
      {cut ? <p className="line-due">△ {evidenceWords.cut}</p> : null}
      {laidOut === null ? null : <p className="faint">{evidenceWords.laidOut}</p>}
      {lines.length > MOST_LINES ? (
        <p className="line-due">△ {evidenceWords.linesCut(MOST_LINES, lines.length)}</p>
      ) : null}
      {lines.length === 0 ? (
        <p className="soft">{evidenceWords.empty}</p>
      ) : (
        <section className="evidence-lines" aria-label={evidenceWords.text} {...scrollable}>
          <pre className="line-numbers" aria-hidden="true">
            {lines.slice(0, MOST_LINES).map((_line, index) => `${index + 1}\n`)}
          </pre>
          <pre>{lines.slice(0, MOST_LINES).join('\n')}</pre>
        </section>
      )}
    </section>
  )
}

function About({ item }: { readonly item: Result<'evidence.read'>['item'] }) {
  const zone = useZone()
  const masked = item.masked.map(({ rule, count }) => evidenceWords.maskedBy(rule, count)).join(', ')
  const rows: readonly (readonly [string, string])[] = [
    [evidenceWords.request, item.request],
    [evidenceWords.outcome, item.outcome],
    [evidenceWords.taken, `${timeOfDay(item.started_at, zone)}, ${evidenceWords.took(item.took_ms)}`],
    [
      evidenceWords.size,
      `${bytes(item.size)}${item.truncated_of === null ? '' : ` ${evidenceWords.truncated(item.truncated_of)}`}`,
    ],
    [evidenceWords.hash, item.sha256],
    [evidenceWords.masked, masked === '' ? evidenceWords.nothingMasked : masked],
  ]
  return (
    <dl className="about">
      {rows.map(([what, value]) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd className={what === evidenceWords.hash || what === evidenceWords.request ? 'mono' : ''}>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
