import { postIncidentClockId } from '../clocks/after-end.ts'
import { listOf } from '../clocks/entries.ts'
import type { ClockInput } from '../clocks/input.ts'
import type { IncidentState } from './state.ts'

/** What clocks and escalation need to know of an incident. */
export function clockInputOf(state: IncidentState): ClockInput {
  const { core, clocks, roles, exports, updates, callouts, commanded, workedAt, tasks } = state
  return {
    declaredAt: core.declaredAt,
    detectedAt: core.detectedAt,
    declaredEntry: core.declaredEntry,
    severities: core.severities.map(({ at, severity, entry }) => ({ at, severity: severity.id, entry })),
    types: core.classifications.map(({ at, types, systems, entry }) => ({
      at,
      types: types.map(({ id }) => id),
      systems,
      entry,
    })),
    commandedAt: commanded?.at ?? null,
    respondedAt: clocks.respondedAt,
    resolvedAt: core.resolvedAt,
    resolvedEntry: core.resolvedEntry,
    falseAlarm: core.status === 'false-alarm',
    postMortemAt: exports.find(({ at, format }) => format !== 'csv' && at >= (core.resolvedAt ?? ''))?.at ?? null,
    commander: roles.commander?.name ?? null,
    communications: roles.communications?.name ?? null,
    updates: updates.map(({ at, nextAt, entry }) => ({ at, nextAt, entry })),
    calls: callouts.calls,
    notices: callouts.notices,
    workedAt,
    pauses: clocks.pauses,
    met: { ...clocks.met, ...ticked(state) },
    duties: clocks.duties,
    // Armed changes come with the actions.
    timeBoxes: [],
    tasks: tasks.given.flatMap(({ entry, text, owner, askBack, ended }) =>
      askBack === null
        ? []
        : [
            {
              id: entry,
              text,
              owner,
              from: askBack.from,
              minutes: askBack.minutes,
              startEntry: askBack.entry,
              endedAt: ended?.at ?? null,
            },
          ],
    ),
    phases: core.phases.map(({ at, phase, entry }) => ({ at, phase, entry })),
  }
}

/** What was ticked of the list of things to do afterwards stops its clocks, as saying so does. */
function ticked({ checks, clocks }: IncidentState): ClockInput['met'] {
  const done = checks.filter(({ list }) => list.kind === 'post-incident')
  return Object.fromEntries(
    done.map(({ item, at, entry }) => {
      const id = postIncidentClockId(item.id)
      return [id, [...listOf(clocks.met, id), { at, entry }]]
    }),
  )
}
