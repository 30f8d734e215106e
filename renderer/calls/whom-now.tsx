import { useLayoutEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { escalationOf } from '../../shared/clocks/escalation/escalation.ts'
import { nextSentence } from '../../shared/clocks/escalation/next-sentence.ts'
import type { ClockInput } from '../../shared/clocks/input.ts'
import { callScript } from '../../shared/communications/call-script.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import { heldBy } from '../../shared/packs/overlay.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { type Reach, wayBy } from '../../shared/people/reach.ts'
import type { Command } from '../keys/commands.ts'
import { useCommands } from '../keys/use-commands.ts'
import { useNow, useStores } from '../stores.ts'
import { copyText } from '../ui/copy.ts'
import { CopyButton } from '../ui/copy-text.tsx'
import { callWords } from '../words/calls.ts'
import { CallCard } from './call-card.tsx'
import { type Callee, calleesOf, type Choice, shownOf, type Situation } from './callee.ts'
import type { Held } from './calling-store.ts'
import { Following } from './following.tsx'
import { Meanwhile } from './meanwhile.tsx'
import { ResultForm } from './result-form.tsx'
import { useReach } from './use-reach.ts'

interface Props {
  readonly state: IncidentState
  readonly pack: Pack
  readonly input: ClockInput
}

const LAYER = 'call'

/** Who is called now, large: how, what to say, how it went; and what follows from it. */
export function WhomNow({ state, pack, input }: Props) {
  const nowMs = useNow()
  const reach = useReach(state.id)
  const { calling } = useStores()
  const begun = useStore(calling.store, (all) => all[state.id] ?? null)
  const [choice, setChoice] = useState<Choice | null>(begun?.choice ?? null)
  const [seen, setSeen] = useState<Held | null>(null)
  const [said, setSaid] = useState('')
  // How many calls were known when one was logged: until the window hears of it, nobody is next.
  const [loggedAt, setLoggedAt] = useState(-1)
  const escalation = escalationOf(input, pack, nowMs)
  const situation: Situation = { input, pack, nowMs, severity: state.core.severity?.id ?? null }
  const due = calleesOf(choice, escalation, situation)
  const held = begun ?? seen
  // The answer to a logged call may come drawings later: whose call it is then counts.
  const heldNow = useRef(held)
  useLayoutEffect(() => {
    heldNow.current = held
  }, [held])
  const { callees, callee, hasTurned } = shownOf(held?.callee ?? null, due, situation)
  const isSettled = input.calls.length > loggedAt
  // Whoever is seen may be called from another telephone: they stay until the call is logged or somebody else is chosen.
  if (held === null && callee !== null && isSettled) setSeen({ callee, choice })
  const letGo = (next: Choice | null) => {
    calling.end(state.id)
    setSeen(null)
    setChoice(next)
  }
  const choose = (next: Choice | null) => {
    letGo(next)
    setSaid('')
    // The card stands above what was chosen below.
    document.getElementById('call-body')?.scrollTo({ top: 0 })
  }
  /** Keys log the call to this one from here on. */
  const turnTo = (one: Callee | undefined) => {
    calling.end(state.id)
    setSeen(one === undefined ? null : { callee: one, choice })
  }
  const begin = (one: Callee) => calling.begin(state.id, { callee: one, choice })
  if (escalation.is === 'over') return <p>{callWords.ended}</p>
  return (
    <div className="whom-now">
      {said === '' ? null : <output className="call-logged">{said}</output>}
      {callees.length === 0 ? <p className="call-nobody">{nextSentence(escalation)}</p> : null}
      {callees.length > 1 ? <p className="soft">{callWords.together(callees.length)}</p> : null}
      <div className="call-cards">
        {callees.map((one) => (
          <CallCard
            key={one.role}
            callee={one}
            pack={pack}
            input={input}
            reach={reach}
            isActive={one === callee}
            isAlone={callees.length === 1}
            onChoose={() => turnTo(one)}
            onOpen={() => begin(one)}
          />
        ))}
      </div>
      {hasTurned && callee !== null ? (
        <Meanwhile callee={callee} first={due[0] ?? null} onTurn={() => turnTo(due[0])} />
      ) : null}
      {callee === null ? null : (
        <Calling
          key={callee.role}
          state={state}
          pack={pack}
          callee={callee}
          others={callees.filter((one) => one !== callee)}
          reach={reach}
          onOther={turnTo}
          onBegin={() => begin(callee)}
          onLogged={(what) => {
            setSaid(what)
            setLoggedAt(input.calls.length)
            // Who is next follows from the call: a choice holds for one call. Whoever was turned to meanwhile stays.
            if (heldNow.current?.callee.role === callee.role) letGo(null)
          }}
        />
      )}
      <Following
        escalation={escalation}
        situation={situation}
        callees={callees}
        state={state}
        onChoose={choose}
        isChosen={choice !== null}
      />
    </div>
  )
}

interface CallingProps {
  readonly state: IncidentState
  readonly pack: Pack
  readonly callee: Callee
  readonly others: readonly Callee[]
  readonly reach: Reach | null
  onOther(other: Callee): void
  /** The call was begun: a way to them was opened, or something was typed for it. */
  onBegin(): void
  onLogged(what: string): void
}

/** The words for one call, and how it went. */
function Calling({ state, pack, callee, others, reach, onOther, onBegin, onLogged }: CallingProps) {
  const { desk, links } = useStores()
  const nowMs = useNow()
  const me = useStore(desk.store, (known) => known.desk?.operator?.name ?? null)
  const people = reach === null ? [] : (heldBy(reach.roles, callee.role) ?? [])
  const person = people[0] ?? null
  const way = person === null ? null : wayBy(person, callee.means)
  const script = callScript(
    state,
    pack,
    {
      ...{ role: callee.role, title: callee.title, why: callee.why },
      person: person?.name ?? null,
      by: me,
      callBack: reach?.callBack ?? null,
    },
    nowMs,
  )
  const url = way?.url ?? null
  const open = (address: string) => {
    onBegin()
    void links.open(address)
  }
  const keyed: Command[] = [
    ...(url === null ? [] : [{ id: 'call.open', title: callWords.open(url), keys: 'o', run: () => open(url) }]),
    { id: 'call.copy', title: callWords.copyScript, keys: 'y', run: () => void copyText(script.join('\n')) },
    ...others.map(
      (other, at): Command => ({
        id: `call.other-${other.role}`,
        title: callWords.choose(other.title),
        keys: at === 0 ? 'x' : null,
        run: () => onOther(other),
      }),
    ),
  ]
  useCommands(LAYER, callWords.title, keyed)
  return (
    <div className="calling">
      <section aria-label={callWords.script} className="card call-script">
        <h3 className="row">
          {callWords.script}
          <span className="end">
            <CopyButton text={script.join('\n')} label={callWords.copyScript} />
          </span>
        </h3>
        {script.map((line, at) => (
          <p key={`${at} ${line}`}>{line}</p>
        ))}
      </section>
      <ResultForm
        incident={state.id}
        callee={callee}
        person={person?.name ?? ''}
        means={way?.means ?? callee.means}
        onTyped={onBegin}
        onLogged={onLogged}
      />
    </div>
  )
}
