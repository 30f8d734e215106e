import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { ClockInput } from '../../shared/clocks/input.ts'
import { type NoticeStanding, noticesOf } from '../../shared/clocks/notices.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import type { NotifiedBody } from '../../shared/people/entries.ts'
import { useNow, useStores, useZone } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { callWords } from '../words/calls.ts'
import { shortTime } from '../words/time.ts'

interface Props {
  readonly state: IncidentState
  readonly pack: Pack
  readonly input: ClockInput
}

const verbs = ['told', 'not-reached', 'not-needed'] as const

/** Whom the runbook wants told, by when, and how far that is. */
export function ToTell({ state, pack, input }: Props) {
  const nowMs = useNow()
  const notices = noticesOf(input, pack, nowMs)
  const holding = notices.filter(({ holds }) => holds)
  const others = notices.filter(({ holds }) => !holds)
  if (notices.length === 0) return <p className="soft">{callWords.noNotices}</p>
  return (
    <div className="stack">
      <ul className="to-tell">
        {holding.map((notice) => (
          <Line key={notice.id} incident={state.id} notice={notice} />
        ))}
      </ul>
      {others.length === 0 ? null : (
        <details>
          <summary className="soft">{callWords.otherNotices(others.length)}</summary>
          <ul className="to-tell">
            {others.map((notice) => (
              <Line key={notice.id} incident={state.id} notice={notice} />
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

function Line({ incident, notice }: { readonly incident: string; readonly notice: NoticeStanding }) {
  const { rooms } = useStores()
  const asking = useAsking()
  const [note, setNote] = useState('')
  const { id, title, to, condition } = notice
  const tell = async (result: NotifiedBody['result']) => {
    const said = note.trim() === '' ? null : note.trim()
    const told = { id: incident, notification: id, to: null, means: null, result, note: said, happenedAt: null }
    if (!(await asking.ask(() => rooms.change('tell', told)))) return
    // What was typed since is for what is told next.
    setNote((now) => (now === note ? '' : now))
  }
  return (
    <li>
      <div>
        <b>{title}</b> <span className="soft">{to === title ? '' : to}</span>
        {condition === null ? null : <p className="soft">{callWords.noticeIf(condition)}</p>}
        <Standing notice={notice} />
      </div>
      <div className="row wrap">
        <TextInput
          aria-label={`${callWords.tellNote} (${title})`}
          placeholder={callWords.tellNote}
          value={note}
          maxLength={2_000}
          autoComplete="off"
          className="tell-note"
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {verbs.map((verb) => (
          <button
            key={verb}
            type="button"
            className="btn"
            aria-label={callWords.tellNamed(callWords.tell[verb], title)}
            disabled={asking.isAsking || (verb === 'not-needed' && note.trim() === '')}
            onClick={() => void tell(verb)}
          >
            {callWords.tell[verb]}
          </button>
        ))}
      </div>
      {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} onDismiss={asking.forget} />}
    </li>
  )
}

function Standing({ notice }: { readonly notice: NoticeStanding }) {
  const nowMs = useNow()
  const zone = useZone()
  const { is, at, dueAt } = notice
  const isOverdue = dueAt !== null && Date.parse(dueAt) < nowMs
  if (is === 'open' || at === null) {
    const due = dueAt === null ? null : shortTime(dueAt, nowMs, zone)
    return <p className={isOverdue ? 'line-due' : 'soft'}>{callWords.notices.open(due, isOverdue)}</p>
  }
  return (
    <p className={is === 'not-reached' ? 'line-due' : 'soft'}>{callWords.notices[is](shortTime(at, nowMs, zone))}</p>
  )
}
