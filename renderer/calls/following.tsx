import { NativeSelect } from '@mantine/core'
import type { Escalation, Holder } from '../../shared/clocks/escalation/escalation.ts'
import { recallOf } from '../../shared/clocks/escalation/what-follows.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import { useZone } from '../stores.ts'
import { callWords } from '../words/calls.ts'
import { clockFace, shortTime } from '../words/time.ts'
import type { Callee, Choice, Situation } from './callee.ts'

interface Props {
  readonly escalation: Escalation
  readonly situation: Situation
  /** Who is shown large. */
  readonly callees: readonly Callee[]
  readonly state: IncidentState
  readonly isChosen: boolean
  onChoose(choice: Choice | null): void
}

/** Everything beside the call itself: who is called too, who waits, who has it, who failed, who is called only if. */
export function Following({ escalation, situation, callees, state, isChosen, onChoose }: Props) {
  const { now, later, judge, holders, failed, gaps } = escalation
  const { pack, nowMs } = situation
  const others = now.filter(({ role }) => !callees.some((callee) => callee.role === role))
  const top = pack.escalation[0]?.to.roles[0]
  return (
    <div className="call-following">
      <section aria-label={callWords.nextInLine}>
        {others.length + later.length === 0 ? null : <h3>{callWords.nextInLine}</h3>}
        <ul>
          {others.map(({ role, title, why }) => (
            <li key={role}>
              <b>{title}</b> <span className="faint">{why}</span>{' '}
              <button type="button" className="btn plain" onClick={() => onChoose({ is: 'role', role })}>
                {callWords.choose(title)}
              </button>
            </li>
          ))}
          {later.map(({ titles, until, why, edge }) => (
            <li key={`${edge} ${titles.join()} ${until}`}>
              <span className="call-wait">{clockFace(Date.parse(until) - nowMs + 999)}</span>{' '}
              <b>{titles.join(' and ')}</b> <span className="faint">{why}</span>
            </li>
          ))}
        </ul>
        {holders.map((holder) => (
          <HolderLine key={holder.role} holder={holder} situation={situation} />
        ))}
        {failed.map(({ role, title, why }) => (
          <p key={role}>{callWords.failed(title, why)}</p>
        ))}
        {escalation.nobodyLeft && top !== undefined && failed.length > 0 ? (
          <button type="button" className="btn" onClick={() => onChoose({ is: 'role', role: top })}>
            {callWords.begin}
          </button>
        ) : null}
      </section>
      <section aria-label={callWords.judge}>
        {judge.length === 0 ? null : <h3>{callWords.judge}</h3>}
        <ul>
          {judge.map(({ edge, titles, condition }) => (
            <li key={edge}>
              <span className="soft">{callWords.judgeIf(condition)}</span>{' '}
              <button type="button" className="btn plain" onClick={() => onChoose({ is: 'edge', edge, condition })}>
                {callWords.itIsSo(titles.join(' and '))}
              </button>
            </li>
          ))}
        </ul>
        <NativeSelect
          label={callWords.somebodyElse}
          value={isChosen ? (callees[0]?.role ?? '') : ''}
          onChange={(event) => {
            const role = event.currentTarget.value
            onChoose(role === '' ? null : { is: 'role', role })
          }}
          data={[
            { value: '', label: callWords.somebodyHint },
            ...pack.roles.map(({ id, title }) => ({ value: id, label: title })),
          ]}
        />
        {gaps.length === 0 || state.core.status !== 'open' ? null : (
          <details>
            <summary className="soft">{callWords.gaps}</summary>
            {gaps.map((gap) => (
              <p key={gap} className="faint">
                {gap}
              </p>
            ))}
          </details>
        )}
      </section>
    </div>
  )
}

/** Who has it, and when they are called again: work on the incident puts that off, and says so. */
function HolderLine({ holder, situation }: { readonly holder: Holder; readonly situation: Situation }) {
  const zone = useZone()
  const { pack, input, nowMs } = situation
  const time = (at: string) => shortTime(at, nowMs, zone)
  const { at, instead, workedAt } = recallOf(pack, holder, input.workedAt)
  const { title, person, since } = holder
  const said = [
    callWords.holds(person === null ? title : `${person} (${title})`, time(since)),
    at === null ? callWords.noRecall : callWords.recall(time(at)),
    instead === null || workedAt === null ? '' : callWords.postponed(time(workedAt), time(instead)),
  ]
  return <p className="call-holder">{said.filter((part) => part !== '').join(' ')}</p>
}
