import { expect, test } from 'vitest'
import { escalationOf } from '../../../shared/clocks/escalation/escalation.ts'
import { phaseOf } from '../../../shared/clocks/phases.ts'
import { scenarioOfFindings } from '../../../renderer/findings/scenario-for.ts'
import { clockInputOf } from '../../../shared/incident/clock-input.ts'
import { infinity } from '../fake-main.ts'
import { checkoutStory, CHECKOUT, findings } from '../story.ts'

const { pack } = infinity
const state = checkoutStory().state(CHECKOUT)
const minutes = (number: number) => Date.parse(state.core.detectedAt) + number * 60_000

test('the phase is the one that the time since detection says', () => {
  const at = (number: number) => phaseOf(state.core, pack, minutes(number))?.phase.id
  expect([at(0), at(6), at(20), at(90)]).toEqual(pack.phases.slice(0, 4).map(({ id }) => id))
})

test('once it has ended the time since the end counts', () => {
  const ended = { ...state.core, resolvedAt: new Date(minutes(90)).toISOString() }
  expect(phaseOf(ended, pack, minutes(95))?.phase).toBe(pack.phases.at(-1))
})

test('whom to call follows from severity and time alone, whatever conditions a person has to judge', () => {
  const roles = (number: number) =>
    escalationOf(clockInputOf(state), pack, minutes(number)).now.map(({ title }) => title)
  expect(roles(5)).toEqual(['Team Lead'])
  expect(roles(31).toSorted()).toEqual(['Senior Engineer', 'Team Lead'])
  const unset = { ...state, core: { ...state.core, severities: [] } }
  expect(escalationOf(clockInputOf(unset), pack, minutes(31)).now).toEqual([])
})

test('the scenario comes from the most important finding that fits one', () => {
  const selected = scenarioOfFindings(pack, findings)
  expect(selected?.finding.rank).toBe(1)
  expect(scenarioOfFindings(pack, [findings[2]!])).toBeNull()
})
