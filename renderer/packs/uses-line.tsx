import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { Pack } from '../../shared/packs/pack.ts'
import type { Stage } from '../../shared/packs/stage.ts'
import { usesOf } from '../../shared/packs/uses.ts'
import { useStores } from '../stores.ts'
import { targetWords } from '../words/targets.ts'
import { leftToBind } from './left-to-bind.ts'
import type { PackPage } from './pack-pages.ts'

interface Props {
  readonly pack: Pack
  readonly stages: readonly Stage[]
  onOpen(page: PackPage): void
}

/** The places and targets that a page's steps use, each with whether it is bound; and the way to bind them. */
export function UsesLine({ pack, stages, onOpen }: Props) {
  const { targets } = useStores()
  const bindings = useStore(targets.store, (all) => all[pack.id]?.bindings ?? null)
  useEffect(() => void targets.read(pack.id), [targets, pack.id])
  const uses = usesOf(stages)
  if (bindings === null || uses.places.length + uses.targets.length === 0) return null
  const left = leftToBind(pack, bindings)
  const used = [
    ...pack.places
      .filter(({ id }) => uses.places.includes(id))
      .map(({ id, title }) => ({ key: `place ${id}`, title, isOpen: left.places.includes(id) })),
    ...pack.targets
      .filter(({ id }) => uses.targets.includes(id))
      .map(({ id, title }) => ({ key: `target ${id}`, title, isOpen: left.targets.includes(id) })),
  ]
  return (
    <p className="row wrap">
      <span className="soft">{targetWords.uses}</span>
      {used.map(({ key, title, isOpen }) => (
        <span key={key} className={isOpen ? 'chip warn' : 'chip'}>
          <span aria-hidden="true">{isOpen ? '○' : '✓'}</span>
          {title}
          {isOpen ? ` · ${targetWords.notBound}` : ''}
        </span>
      ))}
      <button type="button" className="btn plain" onClick={() => onOpen({ name: 'bindings', id: pack.id })}>
        {targetWords.toBindings}
      </button>
    </p>
  )
}
