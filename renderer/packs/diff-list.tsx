import type { PackDiff } from '../../shared/packs/calls.ts'
import { importWords } from '../words/packs.ts'

/** What differs between two versions of a pack, item by item. */
export function DiffList({ diff }: { readonly diff: PackDiff }) {
  const isNothing = diff.added.length + diff.removed.length + diff.changed.length === 0
  return (
    <section className="diff" aria-label={importWords.diff(diff.before.version, diff.after.version)}>
      <h3>{importWords.diff(diff.before.version, diff.after.version)}</h3>
      {isNothing ? <p className="soft">{importWords.noDiff}</p> : null}
      <Items sign="+" title={importWords.added} items={diff.added} />
      <Items sign="−" title={importWords.removed} items={diff.removed} />
      <Items sign="±" title={importWords.changedItems} items={diff.changed} />
    </section>
  )
}

interface Item {
  readonly path: string
  readonly title: string
  readonly fields?: readonly string[]
}

function Items({
  sign,
  title,
  items,
}: {
  readonly sign: string
  readonly title: string
  readonly items: readonly Item[]
}) {
  if (items.length === 0) return null
  return (
    <>
      <h4>
        {title} <span className="faint">{items.length}</span>
      </h4>
      <ul>
        {items.map((item) => (
          <li key={item.path} className="diff-line">
            <span aria-hidden="true" className="mono">
              {sign}
            </span>
            <span>{item.title}</span>
            <span className="faint mono">{item.path}</span>
            {item.fields === undefined ? null : <span className="soft">{item.fields.join(', ')}</span>}
          </li>
        ))}
      </ul>
    </>
  )
}
