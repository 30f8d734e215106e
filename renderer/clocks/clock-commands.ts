import type { RefObject } from 'react'
import { type IncidentState, isOpen } from '../../shared/incident/state.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { useCommands } from '../keys/use-commands.ts'
import { useStores } from '../stores.ts'
import { clockWords } from '../words/clocks.ts'

/** The keys of clocks and phases in the room. */
export function useClockCommands(state: IncidentState, pack: Pack | null, strip: RefObject<HTMLElement | null>): void {
  const { view } = useStores()
  const { id } = state
  useCommands('base', clockWords.commands.group, [
    {
      id: 'incident.clocks',
      title: clockWords.commands.strip,
      keys: 'g c',
      run: () => strip.current?.querySelector<HTMLElement>('.clock-open[tabindex="0"]')?.focus(),
    },
    ...(isOpen(state) && (pack?.phases.length ?? 0) > 0
      ? [
          {
            id: 'incident.phase',
            title: clockWords.commands.phase,
            keys: 'shift+p',
            run: () => view.open({ name: 'phase', id }),
          },
        ]
      : []),
  ])
}
