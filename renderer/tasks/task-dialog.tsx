import { type SyntheticEvent, useState } from 'react'
import { useStore } from 'zustand'
import { roomOf } from '../incident/rooms-store.ts'
import { useCloseOwn } from '../desk/own-layer.ts'
import { useDraft, useStores } from '../stores.ts'
import { peopleOf } from '../timeline/known-people.ts'
import { useAsking } from '../ui/use-asking.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogFoot } from '../ui/dialog-foot.tsx'
import { NameField } from '../ui/name-field.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { taskWords } from '../words/tasks.ts'
import { MinutesChoice } from './minutes-choice.tsx'
import './tasks.css'

const DEFAULT_MINUTES = 10

/** A task for one named person, with the time after which somebody asks back. What was typed outlives the dialog. */
export function TaskDialog({ id }: { readonly id: string }) {
  const { rooms, view } = useStores()
  const close = useCloseOwn()
  const state = useStore(rooms.store, (all) => roomOf(all, id).state)
  const [text, setText, forgetText] = useDraft(`task ${id}`)
  const [owner, setOwner, forgetOwner] = useDraft(`task-owner ${id}`)
  const [minutes, setMinutes] = useState<number | null>(DEFAULT_MINUTES)
  const asking = useAsking(`task ${id}`)
  const isReady = text.trim() !== '' && owner.trim() !== ''
  const send = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (!isReady) return
    const task = { id, owner: owner.trim(), minutes, text: text.trim(), happenedAt: null }
    if (!(await asking.ask(() => rooms.change('giveTask', task)))) return
    forgetText()
    forgetOwner()
    close()
  }
  return (
    <Dialog title={taskWords.give} onClose={() => view.closeTop()}>
      <form className="stack" onSubmit={(event) => void send(event)}>
        <NameField
          label={taskWords.whose}
          value={owner}
          people={state === null ? [] : peopleOf(state)}
          onChange={setOwner}
        />
        <TextArea
          label={taskWords.what}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          maxLength={20_000}
          autosize
          minRows={2}
          maxRows={8}
        />
        <MinutesChoice label={taskWords.askBack} minutes={minutes} onChoose={setMinutes} />
        <DialogFoot asking={asking} go={taskWords.go} isReady={isReady} />
      </form>
    </Dialog>
  )
}
