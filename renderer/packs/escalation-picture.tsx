import type { EscalationEdge, Pack } from '../../shared/packs/pack.ts'
import { anchors } from '../../shared/packs/search.ts'
import { Shape } from '../ui/severity-mark.tsx'
import { edgeWords, packWords } from '../words/packs.ts'

const levels = ['primary', 'secondary', 'executive', 'none'] as const
type Level = (typeof levels)[number]

/** The edges of the escalation by level: who has it, why it goes on, and who is called then. */
export function EscalationPicture({ pack }: { readonly pack: Pack }) {
  const byLevel = Map.groupBy(pack.escalation, ({ level }): Level => level ?? 'none')
  const hasLevels = byLevel.size > 1 || !byLevel.has('none')
  return levels.map((level) => {
    const edges = byLevel.get(level) ?? []
    if (edges.length === 0) return null
    return (
      <div key={level} className="escalation-level">
        {hasLevels ? <h3>{packWords.levels[level]}</h3> : null}
        <ul>
          {edges.map((edge) => (
            <Edge key={edge.id} edge={edge} pack={pack} />
          ))}
        </ul>
      </div>
    )
  })
}

function Edge({ edge, pack }: { readonly edge: EscalationEdge; readonly pack: Pack }) {
  const { from, to, last } = edge
  return (
    <li className="edge" id={anchors.edge(edge.id)} tabIndex={-1}>
      <span className="edge-end">
        {from === null ? (
          <span className="soft">{packWords.whoever}</span>
        ) : (
          <Rung pack={pack} roles={[from.role]} severities={from.severities} />
        )}
      </span>
      <span className="edge-why">
        <span>{edgeWords(edge, pack)}</span>
        <span className="edge-line" aria-hidden="true" />
        <span className="unseen"> {packWords.thenCalled} </span>
      </span>
      <span className="edge-end">
        <Rung pack={pack} roles={to.roles} severities={to.severities} />
        {last ? <span className="faint">{packWords.nobodyAfter}</span> : null}
      </span>
    </li>
  )
}

interface RungProps {
  readonly pack: Pack
  readonly roles: readonly string[]
  readonly severities: readonly string[]
}

function Rung({ pack, roles, severities }: RungProps) {
  const levelsOf = pack.severities.filter(({ id }) => severities.includes(id))
  return (
    <>
      {roles.map((role) => (
        <span key={role} className="rung">
          {pack.roles.find(({ id }) => id === role)?.title ?? role}
        </span>
      ))}
      {levelsOf.map(({ id, code, rank }) => (
        <span key={id} className="faint">
          <Shape rank={rank} /> {code}
        </span>
      ))}
    </>
  )
}
