import { useStore } from 'zustand'
import type { Result } from '../../shared/contract.ts'
import type { EvidenceBundle, EvidenceItem } from '../../shared/evidence/entries.ts'
import { isSearched, SEALED } from '../../shared/evidence/media-type.ts'
import { roomOf } from '../incident/rooms-store.ts'
import { useStores, useZone } from '../stores.ts'
import { CopyButton } from '../ui/copy-text.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { evidenceWords } from '../words/evidence.ts'
import { bytes, timeOfDay } from '../words/time.ts'
import { scrollable } from '../ui/scrollable.ts'
import { Custody } from './custody.tsx'
import type { Reading } from './evidence-store.ts'
import { layOut } from './lay-out.ts'
import { SaveItem } from './save-item.tsx'

/** More lines than these are not drawn: the page stays quick, and the copy and the export hold all. */
const MOST_LINES = 5000

/** The text of the chosen item, what is known of it, and whether its bundle's bytes are still the ones kept. */
export function ItemText({ id }: { readonly id: string }) {
  const { evidence, rooms } = useStores()
  const reading = useStore(evidence.store, (state) => state.reading)
  const register = useStore(rooms.store, (all) => roomOf(all, id).state?.evidence ?? null)
  const bundle = register?.findLast((known) => known.bundle === reading?.bundle) ?? null
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
  return <Shown key={`${reading.bundle} ${reading.item}`} reading={reading} bundle={bundle} value={reading.value} />
}

interface ShownProps {
  readonly reading: Reading
  readonly bundle: EvidenceBundle | null
  readonly value: Result<'evidence.read'>
}

function Shown({ reading, bundle, value }: ShownProps) {
  const { rooms } = useStores()
  const number = useStore(rooms.store, (all) => roomOf(all, reading.incident).state?.core.number ?? '')
  const { item, text, picture, check, cut } = value
  return (
    <section className="evidence-text" aria-label={item.name}>
      <div className="row wrap">
        <h2 className="evidence-name">{item.name}</h2>
        <span className="end" />
        {text === null ? null : <CopyButton text={text} label={evidenceWords.copy} />}
        <SaveItem incident={reading.incident} bundle={reading.bundle} item={reading.item} />
      </div>
      <output className={check === 'match' ? 'check-match' : 'check-mismatch'}>
        {check === 'match' ? evidenceWords.match : evidenceWords.mismatch}
      </output>
      <About item={item} bundle={bundle} />
      {bundle === null ? null : <Custody bundle={bundle} item={item.name} />}
      {item.media_type === SEALED ? (
        <p className="soft">{evidenceWords.sealedShown(number, item.name)}</p>
      ) : text === null ? (
        <Picture name={item.name} picture={picture} isCut={cut} />
      ) : null}
      {text === null ? null : <Lines name={item.name} text={text} isCut={cut} />}
    </section>
  )
}

interface PictureProps {
  readonly name: string
  readonly picture: string | null
  readonly isCut: boolean
}

function Picture({ name, picture, isCut }: PictureProps) {
  if (picture === null) return <p className="soft">{isCut ? evidenceWords.tooLarge : evidenceWords.notShown}</p>
  return (
    <section className="evidence-picture" aria-label={evidenceWords.picture(name)} {...scrollable}>
      <img src={picture} alt={name} />
    </section>
  )
}

function Lines({ name, text, isCut }: { readonly name: string; readonly text: string; readonly isCut: boolean }) {
  const laidOut = layOut(name, text)
  const lines = (laidOut ?? text).split('\n')
  if (lines.at(-1) === '') lines.pop()
  return (
    <>
      {isCut ? <p className="line-due">△ {evidenceWords.cut}</p> : null}
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
    </>
  )
}

interface AboutProps {
  readonly item: EvidenceItem
  readonly bundle: EvidenceBundle | null
}

function About({ item, bundle }: AboutProps) {
  const zone = useZone()
  const rows: readonly (readonly [string, string])[] = [
    [evidenceWords.request, item.request],
    [evidenceWords.outcome, item.outcome],
    [evidenceWords.taken, `${timeOfDay(item.started_at, zone)}, ${evidenceWords.took(item.took_ms)}`],
    [
      evidenceWords.size,
      `${bytes(item.size)}${item.truncated_of === null ? '' : ` ${evidenceWords.truncated(item.truncated_of)}`}`,
    ],
    [evidenceWords.hash, item.sha256],
    [evidenceWords.masked, maskedWords(item)],
    [evidenceWords.volatility, evidenceWords.rank(item.volatility.rank, item.volatility.name)],
    ...(item.covers === null
      ? []
      : [[evidenceWords.covers, `${timeOfDay(item.covers.from, zone)} – ${timeOfDay(item.covers.to, zone)}`] as const]),
    ...(item.media_type === null ? [] : [[evidenceWords.media, item.media_type] as const]),
    ...(item.original === null
      ? []
      : [[evidenceWords.original, `${item.original.name}, ${bytes(item.original.size)}`] as const]),
    ...(bundle === null ? [] : [[evidenceWords.stored, storedWords(bundle)] as const]),
    ...(bundle === null || bundle.note === null ? [] : [[evidenceWords.note, bundle.note] as const]),
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

function maskedWords(item: EvidenceItem): string {
  if (item.media_type === SEALED) return evidenceWords.sealed
  if (!isSearched(item)) return evidenceWords.notSearched
  const masked = item.masked.map(({ rule, count }) => evidenceWords.maskedBy(rule, count)).join(', ')
  return masked === '' ? evidenceWords.nothingMasked : masked
}

function storedWords({ stored }: EvidenceBundle): string {
  return stored.encoding === 'zstd' ? evidenceWords.compressed(stored.size) : evidenceWords.asItIs
}
