import { useId } from 'react'
import { taskWords } from '../words/tasks.ts'

/** As long as a commander gives somebody before asking back. */
export const usualMinutes = [3, 5, 10, 20] as const

interface Props {
  readonly label: string
  /** Null: nobody asks back. */
  readonly minutes: number | null
  onChoose(minutes: number | null): void
}

/** When to ask back: the usual times, another one, or none. Arrow keys move among them. */
export function MinutesChoice({ label, minutes, onChoose }: Props) {
  const name = useId()
  const isOwn = minutes !== null && !usualMinutes.some((usual) => usual === minutes)
  return (
    <fieldset className="minutes">
      <legend>{label}</legend>
      {[...usualMinutes, null].map((choice) => (
        <label key={choice ?? 0} className={choice === minutes ? 'chip minutes-choice chosen' : 'chip minutes-choice'}>
          <input type="radio" name={name} checked={choice === minutes} onChange={() => onChoose(choice)} />
          {choice === null ? taskWords.noTime : taskWords.minutes(choice)}
        </label>
      ))}
      <input
        className="minutes-own"
        aria-label={taskWords.ownTime}
        placeholder={taskWords.ownTimeHint}
        inputMode="numeric"
        maxLength={4}
        value={isOwn ? String(minutes) : ''}
        onChange={(event) => onChoose(readMinutes(event.currentTarget.value) ?? minutes)}
      />
    </fieldset>
  )
}

/** 1 to 1,440, as the journal takes it; null for anything else. */
function readMinutes(typed: string): number | null {
  const number = /^\d{1,4}$/.test(typed.trim()) ? Number(typed) : 0
  return number >= 1 && number <= 1_440 ? number : null
}
