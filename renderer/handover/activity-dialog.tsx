import { TextInput } from '@mantine/core'
import { type SyntheticEvent, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { type ActivityFormat, activityFormats } from '../../shared/handover/activity-log.ts'
import { roomOf } from '../incident/rooms-store.ts'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogFoot } from '../ui/dialog-foot.tsx'
import { NameField } from '../ui/name-field.tsx'
import { handoverWords } from '../words/handover.ts'
import { PageFrame } from './page-frame.tsx'

const REST_MS = 300
const words = handoverWords.activity

/** What a person said, did and wrote down in a period, looked at and then written. */
export function ActivityDialog({ id }: { readonly id: string }) {
  const { handover, rooms, view } = useStores()
  const state = useStore(rooms.store, (all) => roomOf(all, id).state)
  const people = Object.keys(state?.heard ?? {})
  const [name, setName] = useState(state?.roles.commander?.name ?? people[0] ?? '')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [format, setFormat] = useState<ActivityFormat>('pdf')
  const [path, setPath] = useState<string | null>(null)
  const asking = useAsking()
  const period = { from: timeOf(from), to: timeOf(to) }
  const isReady = name.trim() !== '' && period.from !== 'none' && period.to !== 'none'
  const html = useLog(id, isReady ? { name: name.trim(), from: orNull(period.from), to: orNull(period.to) } : null)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const said = { id, name: name.trim(), from: orNull(period.from), to: orNull(period.to), format }
    if (!isReady) return
    void asking.ask(async () => {
      const outcome = await handover.change('saveActivity', said)
      setPath(outcome.ok ? outcome.value.path : null)
      return outcome
    })
  }
  return (
    <Dialog title={words.title} onClose={() => view.closeTop()} size="min(1240px, 96vw)">
      <div className="handover">
        <form className="stack handover-side" onSubmit={submit}>
          <NameField label={words.name} value={name} people={people} onChange={setName} />
          <TimeField label={words.from} value={from} isWrong={period.from === 'none'} onChange={setFrom} />
          <TimeField label={words.to} value={to} isWrong={period.to === 'none'} onChange={setTo} />
          <fieldset className="severities">
            <legend className="legend">{words.as}</legend>
            {activityFormats.map((one) => (
              <label key={one} className={format === one ? 'format chosen' : 'format'}>
                <input type="radio" name="activity-format" checked={format === one} onChange={() => setFormat(one)} />
                <span>{words.formats[one]}</span>
              </label>
            ))}
          </fieldset>
          <DialogFoot asking={asking} go={words.go} isReady={isReady} />
          {path === null ? null : <output className="soft">{words.wrote(path)}</output>}
        </form>
        <PageFrame html={html} title={words.preview} making={isReady ? words.making : words.chooseOne} />
      </div>
    </Dialog>
  )
}

interface TimeFieldProps {
  readonly label: string
  readonly value: string
  readonly isWrong: boolean
  onChange(text: string): void
}

function TimeField({ label, value, isWrong, onChange }: TimeFieldProps) {
  return (
    <TextInput
      label={label}
      value={value}
      placeholder={words.timeHint}
      onChange={(event) => onChange(event.currentTarget.value)}
      maxLength={40}
      autoComplete="off"
      error={isWrong ? words.notATime : undefined}
    />
  )
}

interface Wanted {
  readonly name: string
  readonly from: string | null
  readonly to: string | null
}

function useLog(id: string, wanted: Wanted | null): string | null {
  const { handover } = useStores()
  const [html, setHtml] = useState<string | null>(null)
  const asked = wanted === null ? null : JSON.stringify(wanted)
  useEffect(() => {
    let isOld = false
    const make = async () => {
      const outcome = await handover.activity({ id, ...(JSON.parse(asked ?? '') as Wanted) })
      if (outcome.ok && !isOld) setHtml(outcome.value.html)
    }
    const timer = asked === null ? undefined : setTimeout(() => void make(), REST_MS)
    return () => {
      isOld = true
      clearTimeout(timer)
    }
  }, [handover, id, asked])
  return html
}

/** Typed in UTC; null for an empty field, 'none' for what is no time. */
function timeOf(typed: string): string | null {
  const text = typed.trim()
  if (text === '') return null
  const ms = Date.parse(/[Zz]$|[+-]\d{2}:?\d{2}$/.test(text) ? text : `${text.replace(' ', 'T')}Z`)
  return Number.isNaN(ms) ? 'none' : new Date(ms).toISOString()
}

function orNull(time: string | null): string | null {
  return time === 'none' ? null : time
}
