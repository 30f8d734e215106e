import { type Checks, isOfItem } from '../../shared/checklists/entries.ts'
import type { Role } from '../../shared/packs/pack.ts'
import { useNow, useStores, useZone } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { stepWords } from '../words/steps.ts'
import { shortTime } from '../words/time.ts'

interface Props {
  readonly incident: string
  readonly role: Role
  readonly checks: Checks
  /** False once the incident has ended: what was ticked stays to be read. */
  readonly isOpen: boolean
}

/** What a role of the runbook owes, each to be ticked: who did it, and when. */
export function Duties({ incident, role, checks, isOpen }: Props) {
  const { rooms } = useStores()
  const asking = useAsking()
  const nowMs = useNow()
  const zone = useZone()
  const list = { kind: 'duty' as const, id: role.id, title: role.title }
  const tick = (item: { id: string; title: string }, done: boolean) =>
    asking.ask(() =>
      rooms.change('check', { id: incident, what: { list, stage: null, item, value: null, done, note: null } }),
    )
  return (
    <>
      <ul className="duties">
        {role.duties.map(({ id, text }) => {
          const item = { id, title: text.slice(0, 300) }
          const done = checks.find((one) => isOfItem(one, { list, stage: null, item })) ?? null
          return (
            <li key={id}>
              <label>
                <input
                  type="checkbox"
                  checked={done !== null}
                  disabled={!isOpen || asking.isAsking}
                  onChange={() => void tick(item, done === null)}
                />{' '}
                {text}
              </label>
              {done === null ? null : (
                <span className="faint"> {stepWords.doneBy(null, done.by, shortTime(done.at, nowMs, zone))}</span>
              )}
            </li>
          )
        })}
      </ul>
      {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} onDismiss={asking.forget} />}
    </>
  )
}

/** How many duties of a role are ticked. */
export function dutiesDone(role: Role, checks: Checks): number {
  const ids = new Set(role.duties.map(({ id }) => id))
  return checks.filter(({ list, item }) => list.kind === 'duty' && list.id === role.id && ids.has(item.id)).length
}
