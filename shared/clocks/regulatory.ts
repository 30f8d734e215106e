import type { Pack } from '../packs/pack.ts'
import { type Clock, clockOf } from './clock.ts'
import { spellLimit } from './duration.ts'
import { type DutyAnswer, listOf } from './entries.ts'
import { type ClockInput, detectionMs, earliest } from './input.ts'
import { isKnownZone } from './business-hours.ts'

export type Regulatory = Pack['regulatory'][number]

/** The id of a duty's clock. */
export function regulatoryClockId({ id }: Pick<Regulatory, 'id'>): string {
  return `regulatory:${id}`
}

/**
 * What is owed to authorities. A clock runs only once somebody said that the duty holds, ends when somebody says that it does
 * not, and goes on after the incident is over: the law does not look at that.
 */
export function regulatoryClocks(input: ClockInput, pack: Pack, nowMs: number): Clock[] {
  return pack.regulatory.flatMap((duty) => {
    const answers = listOf(input.duties, duty.id)
    const doneAt = listOf(input.met, regulatoryClockId(duty)).map(({ at }) => at)
    return heldAnswers(answers).flatMap(({ answer, untilAt }) => {
      const met = doneAt.find((at) => at >= answer.since) ?? null
      const ended = earliest(met, untilAt)
      const clock = clockOfDuty(duty, { input, pack, answer, ended, done: ended !== null && ended === met, nowMs })
      // Found not to hold in time: nothing was owed.
      return clock === null || (untilAt !== null && ended === untilAt && clock.msLeft > 0) ? [] : [clock]
    })
  })
}

/** The answers by which it began to hold, each with when somebody said that it does not (ISO UTC; null: nobody). */
function heldAnswers(answers: readonly DutyAnswer[]): { answer: DutyAnswer; untilAt: string | null }[] {
  return answers.flatMap((answer, index) => {
    if (!answer.holds || answers[index + 1]?.holds === true) return []
    const first = answers.slice(0, index + 1).findLastIndex(({ holds }) => !holds) + 1
    // Said again it counts from the earliest that was said: a later answer takes no time back.
    const since =
      answers
        .slice(first, index + 1)
        .map((one) => one.since)
        .toSorted()[0] ?? answer.since
    return [{ answer: { ...answer, since }, untilAt: answers[index + 1]?.at ?? null }]
  })
}

interface Owed {
  readonly input: ClockInput
  readonly pack: Pack
  readonly answer: DutyAnswer
  readonly ended: string | null
  readonly done: boolean
  readonly nowMs: number
}

function clockOfDuty(duty: Regulatory, { input, pack, answer, ended, done, nowMs }: Owed): Clock | null {
  const starts = {
    detection: { startMs: detectionMs(input), startEntry: input.declaredEntry },
    declaration: { startMs: Date.parse(input.declaredAt), startEntry: input.declaredEntry },
    awareness: { startMs: Date.parse(answer.since), startEntry: answer.entry },
  }
  return clockOf(
    {
      id: regulatoryClockId(duty),
      kind: 'regulatory',
      title: duty.title,
      owner: input.commander,
      ...starts[duty.after],
      minutes: duty.withinMinutes,
      rule: ruleWords(duty, pack),
      stoppedBy: 'That the authority was told is logged, or that the duty does not hold.',
      end: ended === null ? null : { at: ended, done },
      pauses: listOf(input.pauses, regulatoryClockId(duty)),
      hours: duty.businessHours ? (pack.businessHours ?? null) : null,
    },
    nowMs,
  )
}

function ruleWords({ authority, after, withinMinutes, businessHours }: Regulatory, pack: Pack): string {
  const counted = !businessHours ? '' : hoursWords(pack)
  return `${authority}: within ${spellLimit(withinMinutes)} of ${after}${counted}.`
}

function hoursWords({ businessHours }: Pack): string {
  if (businessHours === undefined) return ', in business hours (none are set, so every hour counts)'
  if (!isKnownZone(businessHours))
    return `, in business hours (the zone ${businessHours.timeZone} is unknown here, so every hour counts)`
  return `, in business hours (${businessHours.from} to ${businessHours.to}, ${businessHours.timeZone})`
}

/** The duties of which somebody said last that they do not hold, and why. It may turn out otherwise. */
export function dutiesThatDoNotHold(
  input: ClockInput,
  pack: Pack,
): { readonly duty: Regulatory; readonly answer: DutyAnswer }[] {
  return pack.regulatory.flatMap((duty) => {
    const answer = listOf(input.duties, duty.id).at(-1)
    return answer === undefined || answer.holds ? [] : [{ duty, answer }]
  })
}

/** The duties of the pack of which nobody has said yet whether they hold. */
export function unjudgedDuties(input: ClockInput, pack: Pack): Regulatory[] {
  return pack.regulatory.filter(({ id }) => listOf(input.duties, id).length === 0)
}

/** Since when its clock would count, ISO UTC; null: since a person becomes aware of it. */
export function regulatoryStart(
  { after }: Pick<Regulatory, 'after'>,
  { detectedAt, declaredAt }: { readonly detectedAt: string; readonly declaredAt: string },
): string | null {
  return { detection: detectedAt, declaration: declaredAt, awareness: null }[after]
}
