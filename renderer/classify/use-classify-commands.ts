import { type IncidentState, isOpen } from '../../shared/incident/state.ts'
import type { Command } from '../keys/commands.ts'
import { useCommands } from '../keys/use-commands.ts'
import { useStores } from '../stores.ts'
import { classifyWords } from '../words/classify.ts'

/** What can be said of an incident beside its course: its kind, relations and links, and a reason that is owed. */
export function useClassifyCommands(state: IncidentState): { readonly why: Command } {
  const { view } = useStores()
  const { id } = state
  const words = classifyWords.commands
  const why = command('why', words.why, 'shift+s', () => view.open({ name: 'severity-why', id }))
  useCommands('base', classifyWords.group, [
    ...(state.core.severities.some(({ owed }) => owed) ? [why] : []),
    command('classify', words.classify, 'shift+i', () => view.open({ name: 'classify', id })),
    command('relate', words.relate, 'shift+d', () => view.open({ name: 'relate', id })),
    ...(isOpen(state) ? [command('links', words.links, 'shift+l', () => view.open({ name: 'links', id }))] : []),
  ])
  return { why }
}

function command(id: string, title: string, keys: string, run: () => void): Command {
  return { id: `incident.${id}`, title, keys, run }
}
