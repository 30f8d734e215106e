import { TextInput } from '@mantine/core'
import { type SyntheticEvent, useState } from 'react'
import { useCloseOwn } from '../desk/own-layer.ts'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { DialogFoot } from '../ui/dialog-foot.tsx'
import { handoverWords } from '../words/handover.ts'

/** The new commander says so, by name. */
export function AcceptForm({ id, to }: { readonly id: string; readonly to: string }) {
  const { handover } = useStores()
  const close = useCloseOwn()
  const [name, setName] = useState(to)
  const [becomeOperator, setBecome] = useState(true)
  const asking = useAsking()
  const words = handoverWords.accept
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault()
    const said = { id, name: name.trim(), becomeOperator }
    if (said.name !== '' && (await asking.ask(() => handover.change('accept', said)))) close()
  }
  return (
    <form className="stack" onSubmit={(event) => void submit(event)}>
      <TextInput
        label={words.name}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={200}
        autoComplete="off"
        data-autofocus
      />
      <label className="row">
        <input type="checkbox" checked={becomeOperator} onChange={(event) => setBecome(event.currentTarget.checked)} />
        {words.operator}
      </label>
      <DialogFoot asking={asking} go={words.go} isReady={name.trim() !== ''} />
    </form>
  )
}
