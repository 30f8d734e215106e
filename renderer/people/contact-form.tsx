import { TextInput } from '@mantine/core'
import { type SyntheticEvent, useState } from 'react'
import type { Contact, Means } from '../../shared/people/contact.ts'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { peopleWords } from '../words/people.ts'
import { uiWords } from '../words/ui.ts'

interface Props {
  /** The contact to change; null for a new one. */
  readonly contact: Contact | null
  readonly onDone: () => void
}

const ways = ['phone', 'sms', 'email'] as const
const texts = ['name', 'role', 'organisation', 'timeZone', 'onCall', 'contract', 'note'] as const
type Field = (typeof ways)[number] | (typeof texts)[number]

/** One contact: the first telephone, SMS and e-mail by hand; further means stay as they are. */
export function ContactForm({ contact, onDone }: Props) {
  const { people } = useStores()
  const [typed, setTyped] = useState(() => fieldsOf(contact))
  const asking = useAsking()
  const send = async (event: SyntheticEvent) => {
    event.preventDefault()
    const { name, role, organisation, onCall, contract, note, timeZone } = typed
    const kept = {
      ...{ name: name.trim(), role, organisation, onCall, contract, note },
      timeZone: timeZone.trim() === '' ? null : timeZone.trim(),
      means: meansOf(contact, typed),
    }
    if (await asking.ask(() => people.keep({ id: contact?.id ?? null, contact: kept }))) onDone()
  }
  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      <h2>{contact === null ? peopleWords.add : peopleWords.edit(contact.name)}</h2>
      <div className="contact-fields">
        {(['name', 'role', 'organisation', ...ways, 'timeZone', 'onCall', 'contract', 'note'] as const).map((field) => (
          <TextInput
            key={field}
            label={peopleWords.fields[field]}
            value={typed[field]}
            onChange={(event) => setTyped({ ...typed, [field]: event.currentTarget.value })}
            maxLength={field === 'note' ? 2_000 : 200}
            autoComplete="off"
            {...(field === 'name' ? { 'data-autofocus': true } : {})}
          />
        ))}
      </div>
      {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} />}
      <div className="row">
        <button type="submit" className="btn first" disabled={typed.name.trim() === '' || asking.isAsking}>
          {peopleWords.keep}
        </button>
        <button type="button" className="btn plain" onClick={onDone}>
          {uiWords.cancel}
        </button>
      </div>
    </form>
  )
}

function fieldsOf(contact: Contact | null): Record<Field, string> {
  const first = (kind: Means['kind']) => contact?.means.find((means) => means.kind === kind)?.address ?? ''
  return {
    name: contact?.name ?? '',
    role: contact?.role ?? '',
    organisation: contact?.organisation ?? '',
    timeZone: contact?.timeZone ?? '',
    onCall: contact?.onCall ?? '',
    contract: contact?.contract ?? '',
    note: contact?.note ?? '',
    phone: first('phone'),
    sms: first('sms'),
    email: first('email'),
  }
}

/** The means with the first of each typed kind replaced, added or taken away. */
function meansOf(contact: Contact | null, typed: Record<Field, string>): Means[] {
  const left = [...(contact?.means ?? [])]
  for (const kind of ways) {
    const address = typed[kind].trim()
    const at = left.findIndex((means) => means.kind === kind)
    const known = left[at]
    if (known === undefined) {
      if (address !== '') left.push({ kind, address, label: '' })
    } else if (address === '') left.splice(at, 1)
    else left[at] = { ...known, address }
  }
  return left
}
