import { TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { type Contact, staleDays, timeThere } from '../../shared/people/contact.ts'
import { useOfNow, useStores } from '../stores.ts'
import { Dialog } from '../ui/dialog.tsx'
import { ForgetButton } from '../ui/forget-button.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { scrollable } from '../ui/scrollable.ts'
import { peopleWords } from '../words/people.ts'
import { ContactForm } from './contact-form.tsx'
import { ImportContacts } from './import-contacts.tsx'

/** Who can be called, and how; kept in the vault. */
export function PeopleDialog() {
  const { vault, view } = useStores()
  const locked = useStore(vault.store, ({ status }) => status?.locked)
  return (
    <Dialog title={peopleWords.title} onClose={() => view.closeTop()} size={860}>
      {/* Begun anew where the vault is opened or locked meanwhile: it gives the contacts, or says that it does not. */}
      <People key={locked} />
    </Dialog>
  )
}

function People() {
  const { people, view } = useStores()
  const { asked, contacts } = useStore(people.store)
  useEffect(() => void people.read(), [people])
  return (
    <div className="stack">
      {asked.state === 'failed' ? (
        <>
          <RefusalNote refusal={asked.refusal} onRetry={() => void people.read()} />
          <div className="row">
            <button type="button" className="btn first" onClick={() => view.open({ name: 'vault' })} data-autofocus>
              {peopleWords.openVault}
            </button>
          </div>
        </>
      ) : contacts === null ? (
        <output className="asked">{peopleWords.reading}</output>
      ) : (
        <Known contacts={contacts} />
      )}
    </div>
  )
}

function Known({ contacts }: { readonly contacts: readonly Contact[] }) {
  const { view } = useStores()
  const [wanted, setWanted] = useState('')
  /** The form that is open, by an object of its own: one for the same contact that is opened later is another. */
  const [edited, setEdited] = useState<{ readonly contact: Contact | null } | null>(null)
  const shown = contacts.filter((contact) => fits(contact, wanted))
  if (edited !== null) {
    const close = () => setEdited((now) => (now === edited ? null : now))
    return <ContactForm contact={edited.contact} onDone={close} />
  }
  return (
    <>
      <div className="row wrap">
        <TextInput
          aria-label={peopleWords.find}
          placeholder={peopleWords.find}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          autoComplete="off"
          className="people-find"
          data-autofocus
        />
        <output className="soft">{peopleWords.count(shown.length, contacts.length)}</output>
        <button type="button" className="btn end" onClick={() => view.open({ name: 'card' })}>
          {peopleWords.card.open}
        </button>
        <button type="button" className="btn" onClick={() => setEdited({ contact: null })}>
          {peopleWords.add}
        </button>
      </div>
      <ImportContacts />
      {contacts.length === 0 ? <p className="soft">{peopleWords.empty}</p> : null}
      {contacts.length > 0 && shown.length === 0 ? <p className="soft">{peopleWords.none}</p> : null}
      <ul className="people-list" aria-label={peopleWords.title} {...scrollable}>
        {shown.slice(0, 200).map((contact) => (
          <Line key={contact.id} contact={contact} onEdit={() => setEdited({ contact })} />
        ))}
      </ul>
    </>
  )
}

function fits({ name, role, organisation }: Contact, wanted: string): boolean {
  const words = wanted.toLowerCase().split(/\s+/)
  const text = `${name} ${role} ${organisation}`.toLowerCase()
  return words.every((word) => text.includes(word))
}

function Line({ contact, onEdit }: { readonly contact: Contact; readonly onEdit: () => void }) {
  const { people } = useStores()
  const { name, role, organisation, means, timeZone, onCall, contract } = contact
  const days = useOfNow((nowMs) => staleDays(contact, nowMs))
  const there = useOfNow((nowMs) => (timeZone === null ? null : timeThere(timeZone, nowMs)))
  const { id, confirmedAt: _confirmed, ...same } = contact
  return (
    <li className="person">
      <div>
        <b>{name}</b> <span className="soft">{[role, organisation].filter((part) => part !== '').join(', ')}</span>
        <p>
          {means.length === 0 ? <span className="line-due">{peopleWords.noMeans}</span> : null}
          {means.map(({ kind, address, label }) => (
            <span key={`${kind} ${address}`} className="means">
              {peopleWords.kinds[kind]} <span className="mono">{address}</span>
              {label === '' ? '' : ` (${label})`}
            </span>
          ))}
        </p>
        <p className="faint">
          {[
            there === null ? '' : peopleWords.there(there),
            onCall,
            contract === '' ? '' : peopleWords.contractNumber(contract),
            days === null ? '' : peopleWords.stale(days),
          ]
            .filter((part) => part !== '')
            .join(' · ')}
        </p>
      </div>
      <div className="row">
        {days === null ? null : (
          <button type="button" className="btn plain" onClick={() => void people.keep({ id, contact: same })}>
            {peopleWords.confirm}
          </button>
        )}
        <button type="button" className="btn plain" onClick={onEdit} aria-label={peopleWords.edit(name)}>
          {peopleWords.change}
        </button>
        <ForgetButton label={peopleWords.forget} sure={peopleWords.forgetSure(name)} forget={() => people.forget(id)} />
      </div>
    </li>
  )
}
