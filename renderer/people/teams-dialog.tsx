import { TextInput } from '@mantine/core'
import { type SyntheticEvent, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { type IncidentState, isOpen } from '../../shared/incident/state.ts'
import { roomOf } from '../incident/rooms-store.ts'
import { useStores, useTyped } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { Dialog } from '../ui/dialog.tsx'
import { ForgetButton } from '../ui/forget-button.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { scrollable } from '../ui/scrollable.ts'
import { callWords } from '../words/calls.ts'
import { teamWords } from '../words/teams.ts'
import { SpanPicture } from './span-picture.tsx'

/** The sub-teams of an incident: form, change, dissolve; and who reports to whom. */
export function TeamsDialog({ id }: { readonly id: string }) {
  const { rooms, view } = useStores()
  const state = useStore(rooms.store, (all) => roomOf(all, id).state)
  return (
    <Dialog title={teamWords.title} onClose={() => view.closeTop()} size={920}>
      {state === null ? <p>{callWords.reading}</p> : <Teams state={state} />}
    </Dialog>
  )
}

type Team = IncidentState['teams'][number]

function Teams({ state }: { readonly state: IncidentState }) {
  const { rooms } = useStores()
  const [edited, setEdited] = useState<Team | null>(null)
  return (
    <div className="teams">
      <div className="teams-list" {...scrollable}>
        <p className="soft">{state.teams.length === 0 ? teamWords.none : teamWords.lead}</p>
        <ul className="people-list">
          {state.teams.map((team) => (
            <li key={team.id} className="person">
              <div>
                <b>{team.title}</b>{' '}
                {team.lead === null ? <span className="line-due">{teamWords.noLead}</span> : teamWords.ledBy(team.lead)}
                <p className="soft">{team.members.join(', ')}</p>
              </div>
              {isOpen(state) ? (
                <div className="row">
                  <button
                    type="button"
                    className="btn plain"
                    aria-label={teamWords.change(team.title)}
                    onClick={() => setEdited(team)}
                  >
                    {teamWords.changeIt}
                  </button>
                  <ForgetButton
                    label={teamWords.dissolve}
                    sure={teamWords.dissolveSure(team.title)}
                    forget={() => rooms.change('setTeam', { id: state.id, title: team.title, lead: null, members: [] })}
                  />
                </div>
              ) : null}
            </li>
          ))}
        </ul>
        {isOpen(state) ? (
          <TeamForm
            key={edited?.id ?? ''}
            incident={state.id}
            team={edited}
            // Another team may have been taken up by then.
            onDone={() => setEdited((now) => (now === edited ? null : now))}
          />
        ) : null}
      </div>
      <SpanPicture state={state} />
    </div>
  )
}

interface FormProps {
  readonly incident: string
  /** The team to change; null for a new one. */
  readonly team: Team | null
  onDone(): void
}

function TeamForm({ incident, team, onDone }: FormProps) {
  const { rooms } = useStores()
  const asking = useAsking()
  const form = useRef<HTMLFormElement>(null)
  const hasTypedOn = useRef(false)
  const of = `team ${incident} ${team?.id ?? ''}`
  const [title, setTitle, forgetTitle] = useTyped(`${of} title`, team?.title ?? '')
  const [lead, setLead, forgetLead] = useTyped(`${of} lead`, team?.lead ?? '')
  const [members, setMembers, forgetMembers] = useTyped(`${of} members`, (team?.members ?? []).join(', '))
  const names = members.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]))
  const isReady = title.trim() !== '' && (lead.trim() !== '' || names.length > 0)
  const send = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (!isReady) return
    const said = { title: title.trim(), lead: lead.trim() === '' ? null : lead.trim(), members: names }
    hasTypedOn.current = false
    const from = document.activeElement
    if (!(await asking.ask(() => rooms.change('setTeam', { id: incident, ...said })))) return
    // What was typed since is to be kept too: it stays, with all that belongs to it.
    if (hasTypedOn.current) return
    forgetTitle()
    forgetLead()
    forgetMembers()
    const isWhere = document.activeElement === from || document.activeElement === document.body
    if (isWhere) form.current?.querySelector('input')?.focus()
    onDone()
  }
  const field = (label: string, value: string, set: (text: string) => void, isFirst = false) => (
    <TextInput
      label={label}
      value={value}
      maxLength={2_000}
      autoComplete="off"
      onChange={(event) => {
        hasTypedOn.current = true
        set(event.currentTarget.value)
      }}
      {...(isFirst ? { 'data-autofocus': true, maxLength: 300, disabled: team !== null } : {})}
    />
  )
  return (
    <form className="stack" ref={form} onSubmit={(event) => void send(event)}>
      <h3>{team === null ? teamWords.form : teamWords.change(team.title)}</h3>
      <div className="contact-fields">
        {field(teamWords.name, title, setTitle, true)}
        {field(teamWords.leader, lead, setLead)}
      </div>
      {field(teamWords.members, members, setMembers)}
      {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} />}
      <div className="row">
        <button type="submit" className="btn first" disabled={!isReady || asking.isAsking}>
          {team === null ? teamWords.form : teamWords.keep} <KeyCap keys="enter" />
        </button>
      </div>
    </form>
  )
}
