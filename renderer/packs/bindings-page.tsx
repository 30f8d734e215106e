import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { Pack } from '../../shared/packs/pack.ts'
import type { Place, Target } from '../../shared/packs/place-shape.ts'
import type { PackBindings } from '../../shared/targets/calls.ts'
import { useStores } from '../stores.ts'
import { ForgetButton } from '../ui/forget-button.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { placeWords, targetBindingWords, targetWords } from '../words/targets.ts'
import { leftToBind } from './left-to-bind.ts'
import { PlaceForm } from './place-form.tsx'
import { Part } from './sheet-part.tsx'
import { TargetForm } from './target-form.tsx'
import { TargetTestLine } from './target-test.tsx'

/** What the places and targets of a pack are bound to: each bound, changed, unbound and, for targets, tested. */
export function BindingsPage({ pack }: { readonly pack: Pack }) {
  const { targets } = useStores()
  const known = useStore(targets.store, (all) => all[pack.id])
  useEffect(() => void targets.read(pack.id), [targets, pack.id])
  const bindings = known?.bindings ?? null
  return (
    <article className="bindings-page" aria-label={targetWords.title(pack.title)}>
      <header className="stack">
        <h1>{targetWords.title(pack.title)}</h1>
        <p className="soft">{targetWords.why}</p>
        {known?.asked.state === 'failed' ? (
          <RefusalNote refusal={known.asked.refusal} onRetry={() => void targets.read(pack.id)} />
        ) : null}
        {bindings === null ? (
          known?.asked.state === 'failed' ? null : (
            <output className="asked">{targetWords.reading}</output>
          )
        ) : (
          <Left pack={pack} bindings={bindings} />
        )}
      </header>
      {bindings === null ? null : (
        <>
          <Part id="places" title={targetWords.places} count={pack.places.length}>
            <ul className="bind-lines">
              {pack.places.map((place) => (
                <PlaceLine
                  key={place.id}
                  place={place}
                  pack={pack}
                  bindings={bindings}
                  machine={known?.machine ?? ''}
                />
              ))}
            </ul>
          </Part>
          <Part id="targets" title={targetWords.targets} count={pack.targets.length}>
            <ul className="bind-lines">
              {pack.targets.map((target) => (
                <TargetLine key={target.id} target={target} pack={pack} bindings={bindings} />
              ))}
            </ul>
          </Part>
        </>
      )}
    </article>
  )
}

function Left({ pack, bindings }: { readonly pack: Pack; readonly bindings: PackBindings }) {
  const left = leftToBind(pack, bindings)
  const isDone = left.places.length + left.targets.length === 0
  return (
    <output className={isDone ? 'clean' : 'line-due'}>
      {targetWords.left(left.places.length, left.targets.length)}
    </output>
  )
}

/** Whose value it is: the runbook's, or one that somebody here gave. */
function Whose({ isYours }: { readonly isYours: boolean }) {
  return <span className={isYours ? 'tag yours' : 'tag'}>{isYours ? targetWords.yours : targetWords.runbook}</span>
}

interface PlaceProps {
  readonly place: Place
  readonly pack: Pack
  readonly bindings: PackBindings
  readonly machine: string
}

function PlaceLine({ place, pack, bindings, machine }: PlaceProps) {
  const { targets } = useStores()
  const [isEditing, setEditing] = useState(false)
  const binding = Object.hasOwn(bindings.places, place.id) ? (bindings.places[place.id] ?? null) : null
  return (
    <li className="card bind-line">
      <div className="row wrap">
        <b>{place.title}</b> <span className="faint">{targetWords.forms[place.form]}</span>
        {place.named === undefined ? null : <span className="faint mono">{targetWords.named(place.named)}</span>}
        <BindButtons
          title={place.title}
          isBound={binding !== null}
          isEditing={isEditing}
          onEdit={() => setEditing(!isEditing)}
          unbind={() => targets.unbind({ is: 'place', pack: pack.id, id: place.id })}
        />
      </div>
      <p className="soft">{place.hint}</p>
      {binding === null ? (
        <p className="line-due">○ {targetWords.notBound}</p>
      ) : (
        <p>
          <span className="mono">{placeWords(binding)}</span> <Whose isYours />
        </p>
      )}
      {isEditing ? (
        <PlaceForm place={place} pack={pack} binding={binding} machine={machine} onDone={() => setEditing(false)} />
      ) : null}
    </li>
  )
}

interface TargetProps {
  readonly target: Target
  readonly pack: Pack
  readonly bindings: PackBindings
}

function TargetLine({ target, pack, bindings }: TargetProps) {
  const { targets } = useStores()
  const [isEditing, setEditing] = useState(false)
  const binding = Object.hasOwn(bindings.targets, target.id) ? (bindings.targets[target.id] ?? null) : null
  const place = pack.places.find(({ id }) => id === target.place)
  const said = [target.address, target.within, place === undefined ? undefined : targetWords.through(place.title)]
  const isOpen = leftToBind(pack, bindings).targets.includes(target.id)
  return (
    <li className="card bind-line">
      <div className="row wrap">
        <b>{target.title}</b> <span className="tag">{target.kind}</span>
        <BindButtons
          title={target.title}
          isBound={binding !== null}
          isEditing={isEditing}
          onEdit={() => setEditing(!isEditing)}
          unbind={() => targets.unbind({ is: 'target', pack: pack.id, id: target.id })}
        />
      </div>
      <p>
        <span className="mono soft">{said.filter((part) => part !== undefined).join(' · ')}</span>{' '}
        <Whose isYours={false} />
      </p>
      {binding === null ? null : (
        <p>
          <span className="mono">{targetBindingWords(binding) || targetWords.asTheRunbook}</span> <Whose isYours />
        </p>
      )}
      {isOpen ? <p className="line-due">○ {targetWords.notBound}</p> : null}
      {isEditing ? (
        <TargetForm target={target} pack={pack} binding={binding} onDone={() => setEditing(false)} />
      ) : (
        <TargetTestLine pack={pack.id} target={target} />
      )}
    </li>
  )
}

interface ButtonsProps {
  readonly title: string
  readonly isBound: boolean
  readonly isEditing: boolean
  onEdit(): void
  readonly unbind: Parameters<typeof ForgetButton>[0]['forget']
}

function BindButtons({ title, isBound, isEditing, onEdit, unbind }: ButtonsProps) {
  return (
    <span className="end row">
      <button
        type="button"
        className="btn"
        aria-expanded={isEditing}
        aria-label={isBound ? targetWords.changeOf(title) : targetWords.bindOf(title)}
        onClick={onEdit}
      >
        {isBound ? targetWords.change : targetWords.bind}
      </button>
      {isBound ? (
        <ForgetButton label={targetWords.unbind} sure={targetWords.unbindSure(title)} forget={unbind} />
      ) : null}
    </span>
  )
}
