import { useStore } from 'zustand'
import type { Entry } from '../../shared/journal/header.ts'
import { readEntry } from '../../shared/incident/kinds.ts'
import { roomOf } from '../incident/rooms-store.ts'
import { useStores } from '../stores.ts'
import { CopyButton } from '../ui/copy-text.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { scrollable } from '../ui/scrollable.ts'
import { erasureWords } from '../words/erasure.ts'
import { skewWords, spanOf } from '../words/skew.ts'
import { bothTimes } from '../words/time.ts'
import { useEntry } from './use-entry.ts'

const words = erasureWords.stored

/** Everything of an entry, as the journal holds it: what the timeline leaves out because it is as usual. */
export function StoredDialog({ id, entry: hash }: { readonly id: string; readonly entry: string }) {
  const { view } = useStores()
  const entry = useEntry(id, hash)
  return (
    <Dialog title={words.title(entry?.seq ?? 0)} onClose={() => view.closeTop()} size={720}>
      {entry === undefined ? <output className="asked">{words.reading}</output> : null}
      {entry === null ? <p>{words.missing}</p> : null}
      {entry === null || entry === undefined ? null : <Stored id={id} entry={entry} />}
    </Dialog>
  )
}

function Stored({ id, entry }: { readonly id: string; readonly entry: Entry }) {
  const { rooms, view } = useStores()
  const erasure = useStore(rooms.store, (all) => roomOf(all, id).state?.erasures[entry.hash] ?? null)
  const text = JSON.stringify(entry.body, null, 2)
  const isUnread = entry.body !== null && readEntry(entry) === null
  return (
    <div className="stack">
      {isUnread ? <p className="line-due">△ {words.unread}</p> : null}
      <dl className="about stored">
        {rowsOf(entry).map(([what, value, mono]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd className={mono ? 'mono' : ''}>{value}</dd>
          </div>
        ))}
      </dl>
      {erasure === null ? (
        <pre className="stored-body mono" aria-label={words.bodyOf} {...scrollable}>
          {text}
        </pre>
      ) : (
        <p>
          ▧ {erasureWords.erasedBy(erasure.seq)}: {erasure.reason} ({erasure.by}, {erasure.approver})
        </p>
      )}
      <div className="row wrap">
        {entry.body === null ? null : <CopyButton text={text} label={words.copy} />}
        <span className="end" />
        <button
          type="button"
          className="btn plain"
          onClick={() => {
            view.closeTop()
            view.open({ name: 'erase', id, entry: entry.hash, bundle: null })
          }}
        >
          {erasureWords.act}…
        </button>
        <button type="button" className="btn" onClick={() => view.closeTop()} data-autofocus>
          {erasureWords.close}
        </button>
      </div>
    </div>
  )
}

function rowsOf(entry: Entry): readonly (readonly [string, string, boolean])[] {
  const person = ({ name, contact }: Entry['actor']) => (contact === null ? name : `${name} (${contact})`)
  return [
    [words.kind, words.kindOf(entry.kind, entry.version), false],
    [words.mode, entry.mode, false],
    [words.logged, bothTimes(entry.at), false],
    [words.happened, bothTimes(entry.happened_at), false],
    [words.clock, clockWords(entry.clock), false],
    [words.actor, person(entry.actor), false],
    [words.recorder, person(entry.recorded_by), false],
    [words.place, words.placeOf(entry.seq, entry.chain), true],
    [words.hash, entry.hash, true],
    [words.before, entry.prev, true],
  ]
}

function clockWords({ mark, by_ms, skew_ms }: Entry['clock']): string {
  const step = by_ms === null ? words.unknownStep : `${spanOf(by_ms)} ${by_ms < 0 ? 'back' : 'forward'}`
  const skew = skew_ms === null ? words.noWitness : (skewWords(skew_ms) ?? words.agrees)
  return `${mark === 'steady' ? words.steady : words.stepped(step)}; ${skew}`
}
