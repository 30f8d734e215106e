import { type Conflict, conflictsOf } from '../../shared/incident/conflicts.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Command } from '../keys/commands.ts'
import { useCommands } from '../keys/use-commands.ts'
import { useNow, useStores, useZone } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { CommandButton } from '../ui/command-button.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { conflictWords } from '../words/conflicts.ts'
import { bothTimes, shortTime } from '../words/time.ts'

/** Digits choose, counted over all conflicts that are shown. */
const MOST_KEYS = 9

interface Props {
  readonly state: IncidentState
}

/** A line for each thing that desks said differently without having seen each other; one key settles it. */
export function Conflicts({ state }: Props) {
  const { rooms } = useStores()
  const asking = useAsking()
  const conflicts = conflictsOf(state)
  const settling = conflicts.map((conflict, index) => {
    const before = conflicts.slice(0, index).reduce((count, { claims }) => count + claims.length, 0)
    return conflict.claims.map(({ words, by, entry }, place): Command => {
      const digit = before + place + 1
      const settle = { id: state.id, field: conflict.field, entry }
      return {
        id: `conflict.${entry}`,
        title: conflictWords.settle(conflict.field, words, by),
        keys: digit <= MOST_KEYS ? String(digit) : null,
        run: () => void asking.ask(() => rooms.change('settle', settle)),
      }
    })
  })
  useCommands('base', conflictWords.group, settling.flat())
  return (
    <>
      {conflicts.map((conflict, index) => (
        <ConflictLine
          key={conflict.field}
          conflict={conflict}
          commands={settling[index] ?? []}
          busy={asking.isAsking}
        />
      ))}
      {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} onDismiss={asking.forget} />}
    </>
  )
}

interface LineProps {
  readonly conflict: Conflict
  readonly commands: readonly Command[]
  readonly busy: boolean
}

function ConflictLine({ conflict, commands, busy }: LineProps) {
  const nowMs = useNow()
  const zone = useZone()
  const { field, claims } = conflict
  const title = conflictWords.title(field)
  return (
    <section className="banner conflict" aria-label={title}>
      <span>
        ⚡ {title} <span className="conflict-meanwhile">{conflictWords.meanwhile(claims[0]?.words ?? '')}</span>
      </span>
      {claims.map(({ words, by, at, entry }, index) => {
        const command = commands[index]
        return command === undefined ? null : (
          <span key={entry} className="conflict-claim" title={bothTimes(at)}>
            <CommandButton command={command} disabled={busy}>
              {conflictWords.choose(words)}
            </CommandButton>
            <span className="faint">{conflictWords.said(by, shortTime(at, nowMs, zone))}</span>
          </span>
        )
      })}
    </section>
  )
}
