import { followingOf } from '../../shared/clocks/escalation/what-follows.ts'
import type { ClockInput } from '../../shared/clocks/input.ts'
import { heldBy } from '../../shared/packs/overlay.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { staleDays, timeThere } from '../../shared/people/contact.ts'
import { type Reach, type Reachable, urlOf, type Way } from '../../shared/people/reach.ts'
import { useNow, useStores, useZone } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { CopyButton } from '../ui/copy-text.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { callWords } from '../words/calls.ts'
import { shortTime } from '../words/time.ts'
import type { Callee } from './callee.ts'

interface Props {
  readonly callee: Callee
  readonly pack: Pack
  readonly input: ClockInput
  readonly reach: Reach | null
  readonly isActive: boolean
  readonly isAlone: boolean
  onChoose(): void
  /** A way to them was opened. */
  onOpen(): void
}

/** Somebody to be called: name, role, why now, every way to them, and what follows where they do not answer. */
export function CallCard({ callee, pack, input, reach, isActive, isAlone, onChoose, onOpen }: Props) {
  const nowMs = useNow()
  const zone = useZone()
  const { role, title, why, means, attempt, onCall } = callee
  const people = reach === null ? [] : (heldBy(reach.roles, role) ?? [])
  const person = people[0] ?? null
  const following = followingOf(callee, input, pack, nowMs)
  const from = onCall.from === null ? null : shortTime(onCall.from, nowMs, zone)
  const called = callWords.onCall(onCall, from)
  return (
    <section className={`card call-card${isActive ? ' active' : ''}${isAlone ? ' alone' : ''}`} aria-label={title}>
      <div>
        <p className="call-role">
          {person === null ? null : title}{' '}
          <span className="faint">{callWords.attempt(attempt, Math.max(following.tries, attempt))}</span>
          {isAlone ? null : isActive ? (
            <span className="chip">{callWords.chosen}</span>
          ) : (
            <button type="button" className="btn plain" onClick={onChoose}>
              {callWords.choose(title)} <KeyCap keys="x" />
            </button>
          )}
        </p>
        <h3 className="call-name">{person?.name ?? title}</h3>
        {person === null ? <Unknown reach={reach} /> : null}
        <p>{callWords.why(why)}</p>
        {called === '' ? null : <p className={onCall.is === 'off' ? 'line-due' : 'soft'}>{called}</p>}
        {people.map((one) => (
          <Ways key={one.contact ?? one.name} person={one} means={means} isSecond={one !== person} onOpen={onOpen} />
        ))}
        <PostWays pack={pack} role={role} people={people} onOpen={onOpen} />
      </div>
      <ul className="card-then">
        <li>{callWords.noAnswer(following, attempt)}</li>
        <li>{callWords.message(following)}</li>
        <li>{callWords.refused(following)}</li>
      </ul>
    </section>
  )
}

function Unknown({ reach }: { readonly reach: Reach | null }) {
  const { view } = useStores()
  if (reach === null) return <p className="asked">{callWords.reading}</p>
  if (reach.vault === 'locked') return <Locked />
  return (
    <p>
      <span className="line-due">△ {callWords.nameUnknown}</span>{' '}
      <button type="button" className="btn plain" onClick={() => view.open({ name: 'people' })}>
        {callWords.people} <KeyCap keys="g n" />
      </button>
    </p>
  )
}

function Locked() {
  const { view } = useStores()
  return (
    <p>
      <span className="line-due">{callWords.locked}</span>{' '}
      <button type="button" className="btn plain" onClick={() => view.open({ name: 'vault' })}>
        {callWords.unlock} <KeyCap keys="g v" />
      </button>
    </p>
  )
}

interface WaysProps {
  readonly person: Reachable
  /** How the runbook wants them called now. */
  readonly means: Way['means']
  /** Somebody else of the same role, to be named. */
  readonly isSecond: boolean
  onOpen(): void
}

function Ways({ person, means, isSecond, onOpen }: WaysProps) {
  const nowMs = useNow()
  const { name, ways, numbers, timeZone, onCall, contract, confirmedAt } = person
  const there = timeZone === null ? null : timeThere(timeZone, nowMs)
  const days = confirmedAt === null ? null : staleDays({ confirmedAt }, nowMs)
  const first = ways.find((way) => way.means === means) ?? ways[0]
  const said = [
    onCall,
    there === null ? '' : callWords.there(there),
    contract === '' ? '' : callWords.contract(contract),
  ].filter((part) => part !== '')
  return (
    <div>
      {isSecond ? <p className="call-second">{name}</p> : null}
      {numbers === 'locked' ? <Locked /> : null}
      {numbers === 'none' ? <p className="line-due">{callWords.noWay}</p> : null}
      <ul>
        {ways.map((way) => (
          <WayLine key={`${way.means} ${way.address}`} way={way} isFirst={way === first && !isSecond} onOpen={onOpen} />
        ))}
      </ul>
      {said.length === 0 ? null : <p className="faint">{said.join(' · ')}</p>}
      {days === null ? null : <p className="line-due">{callWords.stale(days)}</p>}
    </div>
  )
}

/** The runbook's own addresses of a role, beside those of people. */
function PostWays({
  pack,
  role,
  people,
  onOpen,
}: {
  pack: Pack
  role: string
  people: readonly Reachable[]
  onOpen: () => void
}) {
  const known = new Set(people.flatMap(({ ways }) => ways.map(({ address }) => address)))
  const addresses = pack.contacts
    .filter((contact) => contact.role === role)
    .flatMap((contact) => contact.addresses)
    .filter(({ value }) => !known.has(value) && !value.includes('${'))
  if (addresses.length === 0) return null
  return (
    <ul>
      {addresses.map(({ means, value }) => (
        <WayLine
          key={`${means} ${value}`}
          way={{ means, address: value, label: '', url: urlOf(means, value) }}
          isFirst={people.length === 0}
          onOpen={onOpen}
        />
      ))}
    </ul>
  )
}

function WayLine({
  way,
  isFirst,
  onOpen,
}: {
  readonly way: Way
  readonly isFirst: boolean
  readonly onOpen: () => void
}) {
  const { links } = useStores()
  const asking = useAsking()
  const { means, address, label, url } = way
  return (
    <li className="call-way">
      <span className="soft">
        {callWords.means[means]}
        {label === '' ? '' : ` (${label})`}
      </span>{' '}
      <span className={isFirst ? 'mono call-address first' : 'mono call-address'}>{address}</span>
      {url === null ? null : (
        <button
          type="button"
          className="btn link"
          onClick={() => {
            onOpen()
            void asking.ask(() => links.open(url))
          }}
        >
          {callWords.open(url)}
          {isFirst ? <KeyCap keys="o" /> : null}
        </button>
      )}
      <CopyButton text={address} label={callWords.copyWay} />
      {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} onDismiss={asking.forget} />}
    </li>
  )
}
