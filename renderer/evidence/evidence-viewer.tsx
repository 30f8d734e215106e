import { type KeyboardEvent, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { EvidenceBundle, EvidenceItem } from '../../shared/evidence/entries.ts'
import { roomOf } from '../incident/rooms-store.ts'
import { matches } from '../palette/match.ts'
import { useNow, useStores, useZone } from '../stores.ts'
import { Dialog } from '../ui/dialog.tsx'
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
            <Bundles register={register} shown={shown} onChoose={setChosen} />
            <Items key={shown.bundle} id={id} bundle={shown} />
          </div>
          <ItemText id={id} />
        </div>
      )}
    </Dialog>
  )
}

interface BundlesProps {
  readonly register: readonly EvidenceBundle[]
  readonly shown: EvidenceBundle
  onChoose(bundle: string): void
}

function Bundles({ register, shown, onChoose }: BundlesProps) {
  const zone = useZone()
  const nowMs = useNow()
  return (
    <section aria-label={evidenceWords.bundles}>
      <h2>{evidenceWords.bundles}</h2>
      <ul className="bundle-list">
        {register.toReversed().map((bundle) => (
          <li key={bundle.bundle}>
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
                {bundle.lastCheck === null
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

function Items({ id, bundle }: { readonly id: string; readonly bundle: EvidenceBundle }) {
  const { evidence } = useStores()
  const reading = useStore(evidence.store, (state) => state.reading)
  const [text, setText] = useState('')
  const items = bundle.items.filter((item) => matches(`${item.name} ${item.request}`, text))
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
                {bytes(item.size)} · {item.outcome} · <span className="mono">{shortHash(item.sha256)}</span>
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

function moveAlong(list: HTMLElement, by: number): void {
  const buttons = [...list.querySelectorAll<HTMLElement>('.pick')]
  const at = buttons.findIndex((button) => button === document.activeElement)
  buttons[Math.min(buttons.length - 1, Math.max(0, at + by))]?.focus()
}
