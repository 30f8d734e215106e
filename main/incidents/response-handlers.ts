import type { Person } from '../../shared/journal/header.ts'
import type { Handlers } from '../contract/answerer.ts'
import type { responseCalls } from '../../shared/incident/response-calls.ts'
import type { DeskClient } from '../desk/desk-client.ts'

type ResponseCall = `incidents.${keyof typeof responseCalls}`

/** Answers of the contract about people, clocks and duties; decided on the journal thread. */
export function responseHandlers(desk: DeskClient, by: () => Person): Pick<Handlers, ResponseCall> {
  return {
    'incidents.call': async ({ id, ...said }) => done(await desk.ask('call', id, said, by())),
    'incidents.tell': async ({ id, ...said }) => done(await desk.ask('tell', id, said, by())),
    'incidents.classify': async ({ id, ...said }) => done(await desk.ask('classify', id, said, by())),
    'incidents.relate': async ({ id, other, how }) => done(await desk.ask('relate', id, other, how, by())),
    'incidents.link': async ({ id, ...said }) => done(await desk.ask('link', id, said, by())),
    'incidents.enterPhase': async ({ id, phase, reason }) =>
      done(await desk.ask('enterPhase', id, phase, reason, by())),
    'incidents.explainSeverity': async ({ id, entry, reason }) =>
      done(await desk.ask('explainSeverity', id, entry, reason, by())),
    'incidents.extendTask': async ({ id, ...said }) => done(await desk.ask('extendTask', id, said, by())),
    'incidents.endTask': async ({ id, ...said }) => done(await desk.ask('endTask', id, said, by())),
    'incidents.setTeam': async ({ id, ...said }) => done(await desk.ask('setTeam', id, said, by())),
    'incidents.snoozeClock': async ({ id, ...said }) => done(await desk.ask('snoozeClock', id, said, by())),
    'incidents.waive': async ({ id, ...said }) => done(await desk.ask('waive', id, said, by())),
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
