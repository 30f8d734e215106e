import type { Said } from '../../shared/notes/command-line.ts'
import type { Outcome } from '../bridge/client.ts'
import type { RoomsStore } from '../incident/rooms-store.ts'

/** What a line may ask main for. */
export type Loggable = Exclude<Said, { readonly is: 'empty' | 'wrong' | 'resolve' }>

/** Asks main to do what a line says: each kind by the call that every other way to it takes too. */
export function sendSaid(rooms: Pick<RoomsStore, 'change'>, id: string, said: Loggable): Promise<Outcome<null>> {
  switch (said.is) {
    case 'note':
      return rooms.change('note', { id, text: said.text, happenedAt: said.happenedAt })
    case 'decision':
      return rooms.change('decide', { id, text: said.text, happenedAt: said.happenedAt })
    case 'update':
      return rooms.change('giveUpdate', { id, text: said.text, happenedAt: said.happenedAt })
    case 'task': {
      const { owner, minutes, text, happenedAt } = said
      return rooms.change('giveTask', { id, owner, minutes, text, happenedAt })
    }
    case 'impact':
      return rooms.change('stateImpact', { id, text: said.text })
    case 'severity':
      return rooms.change('setSeverity', { id, severity: said.severity, answers: {}, reason: said.reason })
    case 'role':
      return rooms.change('assign', { id, role: said.role, name: said.name })
    case 'respond':
      return rooms.change('respond', { id })
  }
}
