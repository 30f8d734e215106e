import { useId } from 'react'
import { useStore } from 'zustand'
import type { PackSummary } from '../../shared/packs/calls.ts'
import { useStores } from '../stores.ts'
import { Shape } from '../ui/severity-mark.tsx'
import { declareWords } from '../words/declare.ts'

interface Props {
  readonly packs: readonly PackSummary[]
  readonly chosen: string | null
}

/** The packs to choose from, each with what it is for and how it names what is bad. */
export function PackPicker({ packs, chosen }: Props) {
  const { declaration, view } = useStores()
  const name = useId()
  const title = packs.find(({ id }) => id === chosen)?.title ?? ''
  return (
    <fieldset className="pack-picker">
      <legend>{declareWords.pack}</legend>
      <div className="pack-choices">
        {packs.map((pack) => (
          <label key={pack.id} className={pack.id === chosen ? 'pack-choice chosen' : 'pack-choice'}>
            <input
              type="radio"
              name={name}
              value={pack.id}
              checked={pack.id === chosen}
              onChange={() => declaration.choosePack(pack.id)}
            />
            <PackWords pack={pack} />
          </label>
        ))}
      </div>
      <button
        type="button"
        className="btn plain"
        disabled={chosen === null}
        onClick={() => view.show({ name: 'packs', page: { name: 'pack', id: chosen } })}
      >
        {declareWords.lookInto(title)}
      </button>
    </fieldset>
  )
}

function PackWords({ pack }: { readonly pack: PackSummary }) {
  const { packs } = useStores()
  const read = useStore(packs.store, (all) => all[pack.id]?.pack ?? null)
  return (
    <span className="pack-words">
      <b>{pack.title}</b>
      <span className="soft">{read?.scope === pack.title ? '' : read?.scope}</span>
      <span className="faint pack-codes">
        {(read?.severities ?? []).map(({ id, code, rank }) => (
          <span key={id}>
            <Shape rank={rank} /> {code}
          </span>
        ))}
      </span>
    </span>
  )
}
