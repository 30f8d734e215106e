import type { IndexState } from '../../shared/search/found.ts'
import { useNow, useZone } from '../stores.ts'
import { searchWords } from '../words/search.ts'
import { shortTime } from '../words/time.ts'
import type { SearchState } from './search-store.ts'
import { without } from './typed-filters.ts'

interface Props {
  readonly state: SearchState
  onText(text: string): void
}

/** How the search came out, in words: what to type, how much was found, what to leave out, how far the index is. */
export function Outcome({ state, onText }: Props) {
  const { text, found, foundFor, ranked, asked } = state
  const zone = useZone()
  const nowMs = useNow()
  if (text.trim() === '') return <Examples onText={onText} />
  if (found === null) return <output className="asked">{searchWords.searching}</output>
  const said = ranked ? searchWords.foundBest : searchWords.found
  return (
    <div className="search-outcome">
      <output aria-busy={asked.state === 'asked'} className="faint">
        {found.hits.length > 0
          ? said(found.hits.length, found.more)
          : found.problems.length === 0
            ? searchWords.none(foundFor.trim())
            : null}
      </output>
      {found.problems.map((problem) => (
        <p key={problem} className="line-due">
          {problem}
        </p>
      ))}
      {found.rankedSince === null ? null : (
        <p className="soft">{searchWords.rankedSince(shortTime(found.rankedSince, nowMs, zone))}</p>
      )}
      {found.hits.length === 0 ? <Drops drop={found.drop} text={foundFor} onText={onText} /> : null}
      <Building index={found.index} />
    </div>
  )
}

function Drops({
  drop,
  text,
  onText,
}: { readonly drop: readonly string[]; readonly text: string } & Pick<Props, 'onText'>) {
  if (drop.length === 0) return <p className="soft">{searchWords.noneHint}</p>
  return (
    <div className="row">
      <span className="soft">{searchWords.drop}</span>
      {drop.map((piece) => (
        <button key={piece} type="button" className="btn" onClick={() => onText(without(text, piece))}>
          {searchWords.dropOne(piece)}
        </button>
      ))}
    </div>
  )
}

function Building({ index }: { readonly index: IndexState }) {
  if (index.state === 'ready') return null
  const { done, of, bundles } = index
  return (
    <div className="search-building soft">
      {done < of ? (
        <p>
          {searchWords.building(done.toLocaleString('en'), of.toLocaleString('en'))}{' '}
          <progress value={done} max={of} aria-label={searchWords.title} />
        </p>
      ) : null}
      {bundles > 0 ? <p>{searchWords.bundles(bundles)}</p> : null}
    </div>
  )
}

function Examples({ onText }: Pick<Props, 'onText'>) {
  return (
    <div className="search-examples">
      <p className="soft">{searchWords.empty}</p>
      <ul>
        {searchWords.examples.map(({ typed, says }) => (
          <li key={typed}>
            <button type="button" className="btn plain mono" onClick={() => onText(typed)}>
              {typed}
            </button>
            <span className="faint">{says}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
