import { type KeyboardEvent, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { emptyErasures, type Erasures } from '../../shared/erasure/entries.ts'
import type { EvidenceBundle, EvidenceItem } from '../../shared/evidence/entries.ts'
import { compareByVolatility } from '../../shared/evidence/volatility.ts'
import { ErasureLine } from '../erasure/erasure-line.tsx'
import { roomOf } from '../incident/rooms-store.ts'
import { matches } from '../palette/match.ts'
import { useNow, useStores, useZone } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { Dialog } from '../ui/dialog.tsx'
import { uiWords } from '../words/ui.ts'
import { evidenceWords } from '../words/evidence.ts'
import { ago, bytes, shortHash, timeOfDay } from '../words/time.ts'
import { ItemText } from './item-text.tsx'

interface Props {
  readonly id: string
  readonly bundle: string | null
  readonly item: string | null
}

/** The evidence of an incident: bundles, their items, and the text of one, with its check in words. */
export function EvidenceViewer({ id, bundle, item }: Props) {
  const { evidence, rooms, view } = useStores()
  const register = useStore(rooms.store, (all) => roomOf(all, id).state?.evidence ?? [])
  const [chosen, setChosen] = useState<string | null>(bundle)
  const shown = register.find((known) => known.bundle === chosen) ?? register.at(-1) ?? null
  useEffect(() => {
    if (bundle !== null && item !== null) void evidence.read(id, bundle, item)
  }, [evidence, id, bundle, item])
  return (
    <Dialog title={evidenceWords.title} onClose={() => view.closeTop()} size="min(1500px, 94vw)">
      {shown === null ? (
        <div className="stack">
          <p>{evidenceWords.none}</p>
          <p className="soft">{evidenceWords.noneHint}</p>
        </div>
      ) : (
        <div className="evidence">
          <div className="evidence-list">
            <Bundles id={id} register={register} shown={shown} onChoose={setChosen} />
            <ErasureLine id={id} bundle={shown.bundle} />
            <Items key={shown.bundle} id={id} bundle={shown} />
          </div>
          <ItemText id={id} />
        </div>
      )}
    </Dialog>
  )
}

interface BundlesProps {
  readonly id: string
  readonly register: readonly EvidenceBundle[]
  readonly shown: EvidenceBundle
  onChoose(bundle: string): void
}

function Bundles({ id, register, shown, onChoose }: BundlesProps) {
  const erasures = useErasures(id)
  const zone = useZone()
  const nowMs = useNow()
  return (
    <section aria-label={evidenceWords.bundles}>
      <div className="row">
        <h2>{evidenceWords.bundles}</h2>
        <span className="end" />
        <CheckAll id={id} />
      </div>
      <ul className="bundle-list">
        {register.toReversed().map((bundle) => (
          <li key={bundle.entry}>
            <button
              type="button"
              className="pick"
              aria-current={bundle.bundle === shown.bundle ? 'true' : undefined}
              onClick={() => onChoose(bundle.bundle)}
            >
              <span>
                {timeOfDay(bundle.keptAt, zone)} · {bundle.title}
              </span>
              <span className="faint">
                {evidenceWords.bundle(bundle.items.length, bundle.size)} ·{' '}
                <span className="mono">{shortHash(bundle.bundle)}</span>
              </span>
              <span className={bundle.lastCheck === null || bundle.lastCheck.result === 'match' ? 'faint' : 'line-due'}>
                {erasures[bundle.bundle] !== undefined
                  ? evidenceWords.erased
                  : bundle.lastCheck === null
                    ? evidenceWords.notChecked
                    : evidenceWords.lastCheck(
                        evidenceWords.checks[bundle.lastCheck.result],
                        ago(bundle.lastCheck.at, nowMs),
                      )}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function useErasures(id: string): Erasures {
  const { rooms } = useStores()
  return useStore(rooms.store, (all) => roomOf(all, id).state?.erasures ?? emptyErasures)
}

/** Hashes everything again; how each came out are entries. */
function CheckAll({ id }: { readonly id: string }) {
  const { evidence } = useStores()
  const asking = useAsking()
  const [said, setSaid] = useState('')
  const check = () =>
    void asking.ask(async () => {
      const outcome = await evidence.check(id)
      if (outcome.ok) {
        const { checks } = outcome.value
        setSaid(evidenceWords.allChecked(checks.filter(({ result }) => result === 'match').length, checks.length))
      }
      return outcome
    })
  return (
    <>
      <output className="faint">{asking.isAsking ? uiWords.asking : said}</output>
      <button type="button" className="btn plain" onClick={check} disabled={asking.isAsking}>
        {evidenceWords.checkAll}
      </button>
    </>
  )
}

function Items({ id, bundle }: { readonly id: string; readonly bundle: EvidenceBundle }) {
  const { evidence } = useStores()
  const reading = useStore(evidence.store, (state) => state.reading)
  const [text, setText] = useState('')
  const [order, setOrder] = useState<'volatility' | 'name'>('volatility')
  const compare = order === 'volatility' ? compareByVolatility : compareByName
  const items = bundle.items.filter((item) => matches(`${item.name} ${item.request}`, text)).toSorted(compare)
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (by === 0) return
    event.preventDefault()
    moveAlong(event.currentTarget, by)
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows move between the buttons in it
    <section aria-label={evidenceWords.items} className="item-list" onKeyDown={onKeyDown}>
      <input
        className="palette-field item-filter"
        aria-label={evidenceWords.filter}
        placeholder={evidenceWords.filter}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        data-autofocus
      />
      <label className="row faint">
        {evidenceWords.sort}
        <select
          value={order}
          onChange={(event) => setOrder(event.currentTarget.value === 'name' ? 'name' : 'volatility')}
        >
          <option value="volatility">{evidenceWords.byVolatility}</option>
          <option value="name">{evidenceWords.byName}</option>
        </select>
      </label>
      {items.length === 0 ? <p className="soft">{evidenceWords.noItem}</p> : null}
      <ul>
        {items.map((item) => (
          <li key={item.name}>
            <button
              type="button"
              className="pick"
              aria-current={reading?.bundle === bundle.bundle && reading.item === item.name ? 'true' : undefined}
              onClick={() => void evidence.read(id, bundle.bundle, item.name)}
            >
              <span>{item.name}</span>
              <span className="faint">
                <b title={item.volatility.name}>{item.volatility.rank}</b> · {bytes(item.size)} · {item.outcome} ·{' '}
                <span className="mono">{shortHash(item.sha256)}</span>
              </span>
              <Marks item={item} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Marks({ item }: { readonly item: EvidenceItem }) {
  const masked = item.masked.reduce((sum, { count }) => sum + count, 0)
  if (masked === 0 && item.truncated_of === null) return null
  return (
    <span className="row wrap">
      {masked === 0 ? null : (
        <span className="tag">
          {evidenceWords.masked} {masked}
        </span>
      )}
      {item.truncated_of === null ? null : (
        <span className="tag changed">{evidenceWords.truncated(item.truncated_of)}</span>
      )}
    </span>
  )
}

function compareByName(a: EvidenceItem, b: EvidenceItem): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}

function moveAlong(list: HTMLElement, by: number): void {
  const buttons = [...list.querySelectorAll<HTMLElement>('.pick')]
  const at = buttons.findIndex((button) => button === document.activeElement)
  buttons[Math.min(buttons.length - 1, Math.max(0, at + by))]?.focus()
}
