import { TextInput } from '@mantine/core'
import { type SyntheticEvent, useState } from 'react'
import { useDraft, useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { focusOnMount } from '../ui/focus-on-mount.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { evidenceWords } from '../words/evidence.ts'

interface Props {
  readonly incident: string
  readonly bundle: string
  readonly item: string
}

/** An item leaves the desk as a file: to whom and why is asked first, for both are entered. */
export function SaveItem({ incident, bundle, item }: Props) {
  const { evidence } = useStores()
  const [isOpen, setOpen] = useState(false)
  const [to, setTo, forgetTo] = useDraft(`release to ${incident}`)
  const [because, setBecause, forgetWhy] = useDraft(`release because ${incident}`)
  const [path, setPath] = useState('')
  const asking = useAsking()
  const words = evidenceWords.save
  if (!isOpen) {
    return (
      <>
        {path === '' ? null : <output className="soft">✓ {words.saved(path)}</output>}
        <button type="button" className="btn" onClick={() => setOpen(true)}>
          {words.open}
        </button>
      </>
    )
  }
  const send = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (to.trim() === '' || because.trim() === '') return
    const isSaved = await asking.ask(async () => {
      const outcome = await evidence.save({ incident, bundle, item, to: to.trim(), because: because.trim() })
      if (outcome.ok) setPath(outcome.value.path)
      return outcome
    })
    if (!isSaved) return
    forgetTo()
    forgetWhy()
    setOpen(false)
  }
  return (
    <form className="stack release" onSubmit={(event) => void send(event)} aria-label={words.open}>
      <TextInput
        label={words.to}
        value={to}
        onChange={(event) => setTo(event.currentTarget.value)}
        maxLength={300}
        ref={focusOnMount}
        autoComplete="off"
      />
      <TextInput
        label={words.because}
        value={because}
        onChange={(event) => setBecause(event.currentTarget.value)}
        maxLength={2_000}
        autoComplete="off"
      />
      {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} />}
      <div className="row">
        <button type="submit" className="btn first" disabled={asking.isAsking}>
          {words.choose}
        </button>
        <button type="button" className="btn plain end" onClick={() => setOpen(false)}>
          {words.cancel}
        </button>
      </div>
    </form>
  )
}
