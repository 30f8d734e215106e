import type { Clock, ClockKind } from '../../shared/clocks/clock.ts'
import type { Command } from '../keys/commands.ts'
import type { Stores } from '../stores.ts'
import { clockWords } from '../words/clocks.ts'

/** The room's command that leads to what stops a clock of that kind. */
const roomCommands: Partial<Record<ClockKind, string>> = {
  acknowledge: 'incident.respond',
  response: 'incident.respond',
  update: 'incident.update',
  escalation: 'incident.call',
  answer: 'incident.call',
  recall: 'incident.call',
  'post-mortem': 'incident.export',
}

/**
 * The verb that stops a clock, as it stands on its page: the room's own one where there is one on offer. It leaves the page.
 * Null where saying so on the page is what stops it.
 */
export function stopVerbOf(clock: Clock, incident: string, { commands, view }: Stores): Command | null {
  const titles: Partial<Record<ClockKind, string>> = clockWords.page.stopVerbs
  const title = titles[clock.kind]
  if (title === undefined) return null
  if (clock.kind === 'check-back') {
    const entry = clock.id.slice('check-back:'.length)
    return leading(title, 't', () => view.open({ name: 'task', id: incident, entry }))
  }
  if (clock.kind === 'phase') return leading(title, 'g', () => view.open({ name: 'phase', id: incident }))
  const wanted = roomCommands[clock.kind]
  const found = commands
    .of('base')
    .flatMap((group) => group.commands)
    .find(({ id }) => id === wanted)
  if (found === undefined) return null
  return leading(title, found.keys ?? 'g', () => {
    view.close('clock')
    found.run()
  })
}

function leading(title: string, keys: string, run: () => void): Command {
  return { id: 'clock.stop', title, keys, run }
}
