import { NativeSelect, TextInput } from '@mantine/core'
import { type SyntheticEvent, useId, useState } from 'react'
import { useStore } from 'zustand'
import type { Pack } from '../../shared/packs/pack.ts'
import type { Target } from '../../shared/packs/place-shape.ts'
import { routeSchema, type TargetBinding, targetBindingSchema } from '../../shared/targets/binding.ts'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { focusOnMount } from '../ui/focus-on-mount.ts'
import { targetWords } from '../words/targets.ts'
import { BindFoot } from './bind-foot.tsx'

interface Props {
  readonly target: Target
  readonly pack: Pack
  readonly binding: TargetBinding | null
  onDone(): void
}

const texts = ['address', 'within', 'user', 'credential'] as const
const words = targetWords.fields

/** What a target really is. What stays empty is as the runbook says it. */
export function TargetForm({ target, pack, binding, onDone }: Props) {
  const { targets, vault } = useStores()
  const credentials = useStore(vault.store, (state) => state.credentials) ?? []
  const [typed, setTyped] = useState({
    address: binding?.address ?? '',
    within: binding?.within ?? '',
    user: binding?.user ?? '',
    credential: binding?.credential ?? '',
    route: binding?.route ?? 'direct',
    place: binding?.place ?? '',
  })
  const asking = useAsking()
  const namesId = useId()
  const made = bindingOf(typed)
  const hints = {
    address: targetWords.addressHint(target.address),
    within: target.within ?? '',
    user: target.user ?? '',
    credential: words.credentialHint,
  }
  const send = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (made === null) return
    const isDone = await asking.ask(() => targets.bind({ is: 'target', pack: pack.id, id: target.id, binding: made }))
    if (isDone) onDone()
  }
  return (
    <form className="bind-form" onSubmit={(event) => void send(event)} aria-label={targetWords.bindOf(target.title)}>
      <div className="bind-fields">
        {texts.map((field) => (
          <TextInput
            key={field}
            label={words[field]}
            placeholder={hints[field]}
            value={typed[field]}
            onChange={(event) => setTyped({ ...typed, [field]: event.currentTarget.value })}
            ref={field === 'address' ? focusOnMount : null}
            list={field === 'credential' ? namesId : undefined}
            maxLength={300}
            autoComplete="off"
            spellCheck={false}
          />
        ))}
        <NativeSelect
          label={words.route}
          value={typed.route}
          onChange={(event) => setTyped({ ...typed, route: routeSchema.parse(event.currentTarget.value) })}
          data={routeSchema.options.map((route) => ({ value: route, label: targetWords.routes[route] }))}
        />
        {typed.route === 'direct' ? null : (
          <NativeSelect
            label={words.place}
            value={typed.place}
            onChange={(event) => setTyped({ ...typed, place: event.currentTarget.value })}
            data={[
              { value: '', label: targetWords.ownPlace },
              ...pack.places.map(({ id, title }) => ({ value: id, label: title })),
            ]}
          />
        )}
      </div>
      <datalist id={namesId}>
        {credentials.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </datalist>
      {typed.route === 'direct' ? null : <p className="faint">{targetWords.routeLater}</p>}
      <BindFoot asking={asking} isReady={made !== null} onCancel={onDone} />
    </form>
  )
}

/** Null while something is not of its form: a credential is named, never typed. */
function bindingOf(typed: Readonly<Record<(typeof texts)[number] | 'route' | 'place', string>>): TargetBinding | null {
  const given = Object.entries(typed)
    .map(([field, text]) => [field, text.trim()] as const)
    .filter(([, text]) => text !== '')
  const parsed = targetBindingSchema.safeParse(Object.fromEntries(given))
  return parsed.success ? parsed.data : null
}
