import { phaseOf } from '../../shared/clocks/phases.ts'
import { noPack } from './call-commands.ts'
import type { Face } from './face.ts'
import { plain, table } from './text.ts'

/** `muster phase ID [PHASE] [--reason WHY]`: which phase the work is in, or moves it to another one. */
export async function phaseCommand(
  { services, by, say }: Face,
  incident: string,
  phase: string | undefined,
  options: { reason?: string },
): Promise<void> {
  const { id, core } = await services.desk.ask('find', incident)
  if (phase !== undefined) await services.desk.ask('enterPhase', id, phase, options.reason ?? null, by)
  const { state, pack } = await services.desk.ask('open', id)
  if (pack === null) throw noPack(core.number)
  const now = phaseOf(state.core, pack, Date.now())
  const rows = pack.phases.map(({ id: one, title, window }, place) => [
    one,
    title,
    window === null ? 'no time set' : windowWords(window),
    place === now?.place ? `here, ${now.byHand === null ? 'by time' : 'moved by hand'}` : '',
  ])
  say({ id, number: core.number, phase: now?.phase.id ?? null, byHand: now?.byHand ?? null }, [
    ...(rows.length === 0
      ? [plain(`The runbook of ${core.number} has no phases.`)]
      : table([['PHASE', 'TITLE', 'BY TIME', 'NOW'], ...rows])),
  ])
}

function windowWords(window: { after: string; fromMinutes: number; toMinutes: number | null }): string {
  const to = window.toMinutes === null ? ' on' : ` to ${window.toMinutes}`
  return `${window.fromMinutes}${to} min after ${window.after}`
}
