import { useState } from 'react'
import { readTypedTime } from '../../shared/clocks/typed-time.ts'
import { useNow, useZone } from '../stores.ts'
import type { useAsking } from '../ui/use-asking.ts'
import { focusOnMount } from '../ui/focus-on-mount.ts'
import { clockWords } from '../words/clocks.ts'
import { minuteOfDay, zoneName } from '../words/time.ts'
import { ReasonForm } from './reason-form.tsx'

const lengths = [5, 10, 20, 60] as const
const DAY_MS = 86_400_000

interface Props {
  readonly draft: string
  readonly asking: ReturnType<typeof useAsking>
  /** Until when (ISO UTC), and why. Answers whether it was kept. */
  onSend(until: string, reason: string): Promise<boolean>
  onBack(): void
}

/** For how long a clock is to be quiet, and why. */
export function SnoozeForm({ draft, asking, onSend, onBack }: Props) {
  const nowMs = useNow()
  const zone = useZone()
  const [minutes, setMinutes] = useState<number>(10)
  const [typed, setTyped] = useState('')
  const words = clockWords.snooze
  const read = typed.trim() === '' ? null : readTypedTime(typed, nowMs, zone)
  // A time of day is read as the last one; the next is a day later.
  const ahead = read?.is === 'time' ? new Date(Date.parse(read.iso) + DAY_MS).toISOString() : null
  const isWrong = read !== null && ahead === null
  const until = ahead ?? new Date(nowMs + minutes * 60_000).toISOString()
  return (
    <ReasonForm
      draft={draft}
      label={clockWords.verbs.why}
      go={words.go(minuteOfDay(until, zone))}
      asking={asking}
      isReady={!isWrong}
      onBack={onBack}
      onSend={(reason) => onSend(ahead ?? new Date(Date.now() + minutes * 60_000).toISOString(), reason)}
    >
      <p className="soft">{words.lead}</p>
      <fieldset className="clock-lengths">
        <legend className="field-label">{words.howLong}</legend>
        {lengths.map((length) => (
          <label key={length}>
            <input
              ref={length === 10 ? focusOnMount : null}
              type="radio"
              name="snooze-minutes"
              checked={ahead === null && minutes === length}
              onChange={() => {
                setTyped('')
                setMinutes(length)
              }}
            />
            {words.minutes(length)}
          </label>
        ))}
      </fieldset>
      <label>
        <span className="field-label">{words.until(zoneName(zone))}</span>
        <input
          className="clock-until"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          maxLength={20}
          autoComplete="off"
          aria-invalid={isWrong}
        />
        {isWrong ? <span className="line-due"> △ {words.wrong}</span> : null}
      </label>
    </ReasonForm>
  )
}
