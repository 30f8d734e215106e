import { useStore } from 'zustand'
import type { Pack } from '../../shared/packs/pack.ts'
import { useStores } from '../stores.ts'
import { declareWords } from '../words/declare.ts'

/** As many types stand open at once; more are folded. */
const OPEN_AT_MOST = 8

/** What sort of incident it is, of the pack's own types: none, one or several. */
export function TypePicker({ pack }: { readonly pack: Pack }) {
  const { declaration } = useStores()
  const chosen = useStore(declaration.store, ({ types }) => types)
  const toggle = (id: string) =>
    declaration.set({ types: chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id] })
  const types = pack.incidentTypes
  const groups = [...Map.groupBy(types, ({ group }) => group ?? '')]
  const chips = (
    <div className="type-groups">
      {groups.map(([group, members]) => (
        <div key={group} className="type-chips">
          {group === '' ? null : <span className="faint">{group}</span>}
          {members.map(({ id, title }) => (
            <button
              key={id}
              type="button"
              className="chip search-chip"
              aria-pressed={chosen.includes(id)}
              onClick={() => toggle(id)}
            >
              {title}
            </button>
          ))}
        </div>
      ))}
    </div>
  )
  return (
    <fieldset className="pack-picker">
      <legend>
        {declareWords.types} <span className="faint">{declareWords.typesHint}</span>
      </legend>
      {types.length <= OPEN_AT_MOST ? (
        chips
      ) : (
        <details className="fold">
          <summary>{declareWords.typesFolded(types.length, chosen.length)}</summary>
          {chips}
        </details>
      )}
      <TypeMeans pack={pack} chosen={chosen} />
    </fieldset>
  )
}

/** How bad the runbook itself says that these types are. */
export function TypeMeans({ pack, chosen }: { readonly pack: Pack; readonly chosen: readonly string[] }) {
  const said = pack.incidentTypes.filter(({ id, severities }) => chosen.includes(id) && severities.length > 0)
  if (said.length === 0) return null
  const levels = pack.severities.filter(({ id }) => said.some(({ severities }) => severities.includes(id)))
  return (
    <p className="soft">
      {declareWords.typeMeans(said.map(({ title }) => title).join(', '), levels.map(({ code }) => code).join(' or '))}
    </p>
  )
}
