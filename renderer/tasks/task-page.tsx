import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useStore } from 'zustand'
import type { Task } from '../../shared/tasks/entries.ts'
import { roomOf } from '../incident/rooms-store.ts'
import { useCommands } from '../keys/use-commands.ts'
import { useCloseOwn } from '../desk/own-layer.ts'
import { useNow, useStores, useZone } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { Dialog } from '../ui/dialog.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { taskWords } from '../words/tasks.ts'
import { clockFace, shortTime } from '../words/time.ts'
import { uiWords } from '../words/ui.ts'
import { usualMinutes } from './minutes-choice.tsx'
import './tasks.css'

interface Props {
  readonly id: string
  /** The hash of the entry that gave it. */
  readonly entry: string
}

/** One task: whose, since when, what they said; and that it is done, goes on, or is dropped. */
export function TaskPage({ id, entry }: Props) {
  const { rooms, view } = useStores()
  const task = useStore(rooms.store, (all) => roomOf(all, id).state?.tasks.given.find((one) => one.entry === entry))
  return (
    <Dialog title={task === undefined ? taskWords.gone : taskWords.title(task.owner)} onClose={() => view.closeTop()}>
      {task === undefined ? null : <Body id={id} task={task} />}
    </Dialog>
  )
}

function Body({ id, task }: { readonly id: string; readonly task: Task }) {
  const nowMs = useNow()
  const zone = useZone()
  return (
    <div className="stack">
      <p className="task-text">{task.text}</p>
      <p className="soft">
        {taskWords.given(task.by, shortTime(task.at, nowMs, zone))} <AskBack task={task} />{' '}
        {task.extended === 0 ? null : taskWords.wentOn(task.extended)}
      </p>
      {task.ended === null ? (
        <TaskVerbs id={id} task={task} />
      ) : (
        <p>
          {taskWords.ended[task.ended.outcome](task.ended.by, shortTime(task.ended.at, nowMs, zone))} {task.ended.note}
        </p>
      )}
    </div>
  )
}

function AskBack({ task: { askBack, ended } }: { readonly task: Task }) {
  const nowMs = useNow()
  if (ended !== null) return null
  if (askBack === null) return taskWords.nobodyAsks
  const leftMs = Date.parse(askBack.from) + askBack.minutes * 60_000 - nowMs
  if (leftMs >= 0) return taskWords.dueIn(clockFace(leftMs))
  return <b className="line-due">△ {taskWords.dueSince(clockFace(-leftMs))}</b>
}

function TaskVerbs({ id, task }: { readonly id: string; readonly task: Task }) {
  const { rooms, view } = useStores()
  const close = useCloseOwn()
  const [note, setNote] = useState('')
  const asking = useAsking(`task ${task.entry}`)
  const said = { id, task: task.entry, note: note.trim() === '' ? null : note.trim() }
  const end = async (outcome: 'done' | 'dropped') => {
    if (await asking.ask(() => rooms.change('endTask', { ...said, outcome }))) close()
  }
  const goOn = async (minutes: number) => {
    if (await asking.ask(() => rooms.change('extendTask', { ...said, minutes }))) close()
  }
  const words = taskWords.commands
  useCommands('task', taskWords.title(task.owner), [
    { id: 'task.done', title: words.done, keys: 'd', run: () => void end('done') },
    ...usualMinutes.map((minutes, index) => ({
      id: `task.go-on-${minutes}`,
      title: words.goesOn(minutes),
      keys: String(index + 1),
      run: () => void goOn(minutes),
    })),
    { id: 'task.drop', title: words.drop, keys: 'x', run: () => void end('dropped') },
  ])
  return (
    <>
      <div className="row wrap">
        <button type="button" className="btn first" data-autofocus onClick={() => void end('done')}>
          {taskWords.done} <KeyCap keys="d" />
        </button>
        <button type="button" className="btn" onClick={() => void end('dropped')}>
          {taskWords.drop} <KeyCap keys="x" />
        </button>
        <button type="button" className="btn plain end" onClick={() => view.closeTop()}>
          {uiWords.cancel} <KeyCap keys="escape" />
        </button>
      </div>
      <div className="row wrap">
        <span className="soft">{taskWords.goesOn}</span>
        {usualMinutes.map((minutes, index) => (
          <button key={minutes} type="button" className="btn" onClick={() => void goOn(minutes)}>
            {taskWords.minutes(minutes)} <KeyCap keys={String(index + 1)} />
          </button>
        ))}
      </div>
      <TextInput
        label={taskWords.note}
        value={note}
        maxLength={2_000}
        onChange={(event) => setNote(event.currentTarget.value)}
        autoComplete="off"
      />
      {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} />}
      {asking.isAsking ? <output className="asked">{uiWords.asking}</output> : null}
    </>
  )
}
