import { NativeSelect } from '@mantine/core'
import { useLayoutEffect, useRef, useState } from 'react'
import {
  escalationPicture,
  type EscalationPicture,
  type Rung,
  type RungRole,
} from '../../shared/clocks/escalation/picture.ts'
import type { ClockInput } from '../../shared/clocks/input.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { useNow, useZone } from '../stores.ts'
import { Shape } from '../ui/severity-mark.tsx'
import { callWords } from '../words/calls.ts'
import { running, shortTime } from '../words/time.ts'

interface Props {
  readonly state: IncidentState
  readonly pack: Pack
  readonly input: ClockInput
}

/** What the incident itself is, and hits. */
const OWN = '=own'

/** Hours of a day for which one may ask who is on call. */
const hours = [3, 9, 15, 21] as const

/** The runbook's escalation as a picture, with the incident on it: by severity, by type, by time of day. */
export function Ladder({ state, pack, input }: Props) {
  const nowMs = useNow()
  const zone = useZone()
  const [type, setType] = useState(OWN)
  const [system, setSystem] = useState(OWN)
  const [hour, setHour] = useState('now')
  const table = useRef<HTMLTableElement>(null)
  // Long ladders open at the rung where one is.
  useLayoutEffect(() => {
    table.current?.querySelector('tbody tr.here')?.scrollIntoView({ block: 'nearest' })
  }, [])
  const types = pack.incidentTypes.filter(({ id }) =>
    pack.escalation.some(({ when }) => when.incidentTypes?.includes(id)),
  )
  const own = state.core.classifications.at(-1)?.types ?? []
  const atMs = hour === 'now' ? nowMs : nextHour(Number(hour), nowMs, zone === 'utc')
  const systems = [...new Set(pack.escalation.flatMap(({ when }) => when.systems ?? []))]
  const affected = state.core.classifications.at(-1)?.systems ?? []
  const asked = { types: type === OWN ? null : [type], systems: system === OWN ? null : [system] }
  const picture = escalationPicture(input, pack, { ...asked, atMs, nowMs })
  if (pack.escalation.length === 0) return <p className="soft">{callWords.noLadder}</p>
  return (
    <div className="stack">
      <div className="row wrap ladder-choices">
        {types.length === 0 ? null : (
          <NativeSelect
            label={callWords.ladderOf}
            value={type}
            onChange={(event) => setType(event.currentTarget.value)}
            data={[
              {
                value: OWN,
                label:
                  own.length === 0 ? callWords.noType : callWords.ownType(own.map(({ title }) => title).join(', ')),
              },
              ...types.map(({ id, title }) => ({ value: id, label: title })),
            ]}
          />
        )}
        {systems.length === 0 ? null : (
          <NativeSelect
            label={callWords.ladderHits}
            value={system}
            onChange={(event) => setSystem(event.currentTarget.value)}
            data={[
              {
                value: OWN,
                label: affected.length === 0 ? callWords.noSystem : callWords.ownType(affected.join(', ')),
              },
              ...systems,
            ]}
          />
        )}
        <NativeSelect
          label={callWords.onCallAt}
          value={hour}
          onChange={(event) => setHour(event.currentTarget.value)}
          data={[
            { value: 'now', label: callWords.now },
            ...hours.map((one) => ({ value: String(one), label: `${String(one).padStart(2, '0')}:00` })),
          ]}
        />
        <p className="soft ladder-elapsed">{callWords.running(running(picture.elapsedMs))}</p>
      </div>
      <table className="ladder" ref={table}>
        <Columns picture={picture} />
        <tbody>
          {picture.rungs.map((rung) => (
            <RungRow key={rung.edge} rung={rung} picture={picture} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The next time that it is so late: of today, or of tomorrow where that has passed. */
function nextHour(hour: number, nowMs: number, isUtc: boolean): number {
  const date = new Date(nowMs)
  if (isUtc) date.setUTCHours(hour, 0, 0, 0)
  else date.setHours(hour, 0, 0, 0)
  return date.getTime() < nowMs ? date.getTime() + 86_400_000 : date.getTime()
}

function Columns({ picture }: { readonly picture: EscalationPicture }) {
  return (
    <thead>
      <tr>
        <th scope="col">{callWords.rung}</th>
        {picture.severities.map(({ id, code, rank, here }) => (
          <th
            key={id}
            scope="col"
            className={here ? 'here' : ''}
            {...(here ? { 'aria-current': 'true' as const } : {})}
          >
            <Shape rank={rank} /> {code}
            {here ? (
              <span className="ladder-here">
                {callWords.hereColumn}, {callWords.atSeverity(code, running(picture.atSeverityMs))}
              </span>
            ) : null}
          </th>
        ))}
      </tr>
    </thead>
  )
}

function RungRow({ rung, picture }: { readonly rung: Rung; readonly picture: EscalationPicture }) {
  const nowMs = useNow()
  const zone = useZone()
  const state =
    rung.state === 'waiting' && rung.until !== null
      ? callWords.waitsUntil(shortTime(rung.until, nowMs, zone))
      : callWords.states[rung.state]
  return (
    <tr className={rung.here ? 'here' : rung.state === 'not-for-this' ? 'other' : ''}>
      <th scope="row">
        <p>
          {rung.roles.map(({ role, title }) => (
            <span key={role} className="rung">
              {title}
            </span>
          ))}{' '}
          {rung.level === null ? null : <span className="faint">{callWords.levels[rung.level]}</span>}
        </p>
        <p className="soft">{rung.after}</p>
        <p>
          {state} {rung.here ? <b className="ladder-here">{callWords.here}</b> : null}
          {rung.last ? <span className="faint"> {callWords.last}</span> : null}
        </p>
        <Marks roles={rung.roles} />
      </th>
      {picture.severities.map(({ id, here }, at) => (
        <td key={id} className={here ? 'here' : ''}>
          {rung.isFor[at] === true ? (
            <OnCallAt rung={rung} at={at} />
          ) : (
            <span className="faint">
              <span aria-hidden="true">{callWords.notFor}</span>
              <span className="unseen">{callWords.notForSaid}</span>
            </span>
          )}
        </td>
      ))}
    </tr>
  )
}

/** Each call to those of a rung, with its result. */
function Marks({ roles }: { readonly roles: readonly RungRole[] }) {
  const nowMs = useNow()
  const zone = useZone()
  const calls = roles.flatMap(({ role, title, calls: made }) => made.map((call) => ({ ...call, role, title })))
  if (calls.length === 0) return null
  return (
    <ul className="ladder-marks">
      {calls.map(({ role, title, at, result, person }) => (
        <li key={`${role} ${at}`} className="chip">
          {callWords.marks[result]} {person ?? title} {shortTime(at, nowMs, zone)}
        </li>
      ))}
    </ul>
  )
}

function OnCallAt({ rung, at }: { readonly rung: Rung; readonly at: number }) {
  const nowMs = useNow()
  const zone = useZone()
  return rung.roles.map(({ role, title, onCall }) => {
    const is = onCall[at]
    const said = is?.is === 'off' && is.from !== null ? callWords.offUntil(shortTime(is.from, nowMs, zone)) : null
    return (
      <p key={role} title={is?.said ?? ''}>
        {rung.roles.length === 1 ? '' : `${title} `}
        {said ??
          (is?.is === 'unstated' && rung.judged
            ? callWords.states['to-judge']
            : callWords.onCallShort[is?.is ?? 'unstated'])}
      </p>
    )
  })
}
