import { inUtc } from '../../shared/postmortem/words.ts'
import { refuse } from '../../shared/refusal.ts'
import type { Face } from './face.ts'

/** `muster snooze ID CLOCK MINUTES --reason WHY`: its alarm waits; it counts on. */
export async function snoozeCommand(
  { services, by, say }: Face,
  incident: string,
  clock: string,
  minutes: string,
  options: { reason: string },
): Promise<void> {
  const { id, core } = await services.desk.ask('find', incident)
  const count = Number(minutes)
  if (!Number.isInteger(count) || count < 1) {
    throw refuse('bad-input', {
      tried: 'Snooze a clock',
      happened: `'${minutes}' is no number of minutes.`,
      next: 'Give whole minutes, such as 10.',
    })
  }
  const until = new Date(Date.now() + count * 60_000).toISOString()
  await services.desk.ask('snoozeClock', id, { clock, until, reason: options.reason }, by)
  say({ id, number: core.number, clock, until }, [`Quiet in ${core.number} until ${inUtc(until)}; it counts on.`])
}
