import type { Person } from '../../shared/journal/header.ts'
import type { Handlers } from '../contract/answerer.ts'
import type { DeskClient } from '../desk/desk-client.ts'

type ResponseCall = `incidents.${'call' | 'tell' | 'pauseClock' | 'resumeClock' | 'meetClock' | 'holdDuty'}`

/** Answers of the contract about people, clocks and duties; decided on the journal thread. */
export function responseHandlers(desk: DeskClient, by: () => Person): Pick<Handlers, ResponseCall> {
  return {
    'incidents.call': async ({ id, ...said }) => done(await desk.ask('call', id, said, by())),
    'incidents.tell': async ({ id, ...said }) => done(await desk.ask('tell', id, said, by())),
    'incidents.pauseClock': async ({ id, clock, reason }) =>
      done(await desk.ask('pauseClock', id, clock, reason, by())),
    'incidents.resumeClock': async ({ id, clock, reason }) =>
      done(await desk.ask('resumeClock', id, clock, reason, by())),
    'incidents.meetClock': async ({ id, clock, note }) => done(await desk.ask('meetClock', id, clock, note, by())),
    'incidents.holdDuty': async ({ id, ...said }) => done(await desk.ask('holdDuty', id, said, by())),
  }
}

function done(_nothing: unknown): null {
  return null
}
