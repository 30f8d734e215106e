import { useState } from 'react'
import type { Clock } from '../../shared/clocks/clock.ts'
import type { Command } from '../keys/commands.ts'
import { useCommands } from '../keys/use-commands.ts'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { CommandButton } from '../ui/command-button.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { clockWords } from '../words/clocks.ts'
import { ReasonForm } from './reason-form.tsx'
import { SnoozeForm } from './snooze-form.tsx'

/** What is being said of a clock, which asks for a reason. */
type Reasoned = 'pause' | 'resume' | 'snooze' | 'not-needed' | 'holds' | 'not'

/** A form that is open: one of the same kind that is opened later is another. */
interface Form {
  readonly is: Reasoned
}

interface Props {
  readonly incident: string
  readonly clock: Clock
  /** The verb of the room that stops it; null where there is none. */
  readonly stop: Command | null
}

/** Kinds that are stopped by saying so; all others by an entry of their own. */
const sayDone = new Set<Clock['kind']>(['regulatory', 'post-mortem', 'post-incident'])

/** Everything that can be said of a clock, with its keys: what stops it first. */
export function ClockActs({ incident, clock, stop }: Props) {
  const { rooms } = useStores()
  const asking = useAsking()
  const [form, setForm] = useState<Form | null>(null)
  const words = clockWords.verbs
  const open = (what: Reasoned) => () => {
    asking.forget()
    setForm({ is: what })
  }
  /** Closes the form that the caller saw, unless another was opened since. */
  const close = () => setForm((now) => (now === form ? null : now))
  const reasoned = form?.is ?? null
  const tell = (result: 'told' | 'not-needed', note: string | null) => {
    const notification = clock.id.slice('notification:'.length)
    return rooms.change('tell', { id: incident, notification, to: null, means: null, result, note, happenedAt: null })
  }
  const duty = clock.kind === 'regulatory' ? clock.id.slice('regulatory:'.length) : null
  const isOpen = clock.endedAt === null
  const commands: Command[] = [
    ...(stop === null || !isOpen ? [] : [stop]),
    ...(clock.kind === 'notification' && isOpen
      ? [
          act('told', words.told, 't', () => void asking.ask(() => tell('told', null))),
          act('not-needed', words['not-needed'], 'n', open('not-needed')),
        ]
      : []),
    ...(sayDone.has(clock.kind) && isOpen
      ? [
          act('done', words.done, 'd', () => {
            void asking.ask(() => rooms.change('meetClock', { id: incident, clock: clock.id, note: null }))
          }),
        ]
      : []),
    ...(isOpen && !clock.quiet
      ? [
          act('snooze', clockWords.snooze.verb, 'z', open('snooze')),
          // What is overdue counts on: there is nothing left that a pause could hold.
          ...(clock.paused !== null
            ? [act('resume', words.resume, 'p', open('resume'))]
            : clock.state === 'breached'
              ? []
              : [act('pause', words.pause, 'p', open('pause'))]),
        ]
      : []),
    ...(duty === null
      ? []
      : [act('holds', clockWords.duty.holds, 'y', open('holds')), act('not', clockWords.duty.not, 'x', open('not'))]),
  ]
  useCommands('clock', clockWords.title, reasoned === null ? commands : [])
  const send = async (reason: string): Promise<boolean> => {
    const change = { id: incident, clock: clock.id, reason }
    const kept = await asking.ask(() => {
      switch (reasoned) {
        case 'pause':
          return rooms.change('pauseClock', change)
        case 'resume':
          return rooms.change('resumeClock', change)
        case 'not-needed':
          return tell('not-needed', reason)
        default:
          return rooms.change('holdDuty', {
            id: incident,
            regulatory: duty ?? '',
            holds: reasoned === 'holds',
            since: null,
            reason,
          })
      }
    })
    if (kept) close()
    return kept
  }
  const draft = `clock ${incident} ${clock.id}`
  return (
    <section className="clock-acts">
      {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} />}
      {reasoned === null ? (
        <div className="row wrap">
          {commands.map((command, index) => (
            <CommandButton key={command.id} command={command} {...(index === 0 ? { look: 'first' } : {})} />
          ))}
        </div>
      ) : reasoned === 'snooze' ? (
        <SnoozeForm
          draft={draft}
          asking={asking}
          onBack={close}
          onSend={async (until, reason) => {
            const said = { id: incident, clock: clock.id, until, reason }
            const kept = await asking.ask(() => rooms.change('snoozeClock', said))
            if (kept) close()
            return kept
          }}
        />
      ) : (
        <ReasonForm
          key={reasoned}
          draft={draft}
          label={reasoned === 'holds' || reasoned === 'not' ? clockWords.duty.why : words.why}
          go={reasoned === 'holds' || reasoned === 'not' ? clockWords.duty[reasoned] : words[reasoned]}
          asking={asking}
          onBack={close}
          onSend={send}
        />
      )}
    </section>
  )
}

function act(id: string, title: string, keys: string, run: () => void): Command {
  return { id: `clock.${id}`, title, keys, run }
}
