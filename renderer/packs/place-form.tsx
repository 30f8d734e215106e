import { NativeSelect, TextInput } from '@mantine/core'
import { type SyntheticEvent, useState } from 'react'
import type { Pack } from '../../shared/packs/pack.ts'
import type { Place } from '../../shared/packs/place-shape.ts'
import { consentWords, type PlaceBinding, placeBindingSchema } from '../../shared/targets/binding.ts'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { focusOnMount } from '../ui/focus-on-mount.ts'
import { targetWords } from '../words/targets.ts'
import { BindFoot } from './bind-foot.tsx'

interface Props {
  readonly place: Place
  readonly pack: Pack
  readonly binding: PlaceBinding | null
  readonly machine: string
  onDone(): void
}

const kinds = ['ssh', 'container', 'pod', 'this-machine'] as const
/** What is asked for each kind of place; the first is what it cannot do without. */
const fields = {
  ssh: ['host', 'folder'],
  container: ['container', 'engine', 'folder'],
  pod: ['pod', 'namespace', 'context', 'container', 'folder'],
  'this-machine': ['consent', 'folder'],
} as const
type Field = (typeof fields)[keyof typeof fields][number]

const words = targetWords.fields
const hints: Partial<Record<Field, string>> = {
  host: words.hostHint,
  engine: words.engineHint,
  pod: words.podHint,
  context: words.contextHint,
  folder: words.folderHint,
}

/** Where a place really is. The consent to this very machine is typed, word by word. */
export function PlaceForm({ place, pack, binding, machine, onDone }: Props) {
  const { targets } = useStores()
  const [at, setAt] = useState<PlaceBinding['at']>(binding?.at ?? firstFor(place.form))
  const [typed, setTyped] = useState<Partial<Record<Field, string | undefined>>>(() => ({
    folder: place.folder ?? '',
    ...(place.form === 'container' ? { container: place.named ?? '' } : {}),
    ...(place.form === 'pod' ? { pod: place.named ?? '' } : {}),
    ...fieldsOf(binding),
  }))
  const asking = useAsking()
  const made = bindingOf(at, typed)
  const send = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (made === null) return
    const isDone = await asking.ask(() => targets.bind({ is: 'place', pack: pack.id, id: place.id, binding: made }))
    if (isDone) onDone()
  }
  return (
    <form className="bind-form" onSubmit={(event) => void send(event)} aria-label={targetWords.bindOf(place.title)}>
      <div className="bind-fields">
        <NativeSelect
          label={targetWords.where}
          value={at}
          ref={focusOnMount}
          onChange={(event) => setAt(event.currentTarget.value as PlaceBinding['at'])}
          data={kinds.map((kind) => ({ value: kind, label: targetWords.at[kind] }))}
        />
        {fields[at].map((field) => (
          <TextInput
            key={field}
            label={field === 'consent' ? words.consent(consentWords(place.id, machine)) : words[field]}
            placeholder={hints[field] ?? ''}
            value={typed[field] ?? ''}
            onChange={(event) => setTyped({ ...typed, [field]: event.currentTarget.value })}
            maxLength={300}
            autoComplete="off"
            spellCheck={false}
          />
        ))}
      </div>
      <BindFoot asking={asking} isReady={made !== null} onCancel={onDone} />
    </form>
  )
}

function firstFor(form: Props['place']['form']): PlaceBinding['at'] {
  return form === 'host' ? 'ssh' : form
}

function fieldsOf(binding: PlaceBinding | null): Partial<Record<Field, string | undefined>> {
  if (binding === null) return {}
  const { at: _at, ...rest } = binding
  return rest
}

/** Null while something that it cannot do without is missing, or is not of its form. */
function bindingOf(at: PlaceBinding['at'], typed: Partial<Record<Field, string | undefined>>): PlaceBinding | null {
  const given = fields[at]
    .map((field) => [field, (typed[field] ?? '').trim()] as const)
    .filter(([, text]) => text !== '')
  const parsed = placeBindingSchema.safeParse({ at, ...Object.fromEntries(given) })
  return parsed.success ? parsed.data : null
}
