import { expect, test } from 'vitest'
import { callNow } from '../../../renderer/todo/call-now.ts'
import { phaseByTime } from '../../../renderer/todo/phase.ts'
import { scenarioOfFindings } from '../../../renderer/findings/scenario-for.ts'
import { infinity } from '../fake-main.ts'
import { checkoutStory, CHECKOUT, findings } from '../story.ts'

const { pack } = infinity
const state = checkoutStory().state(CHECKOUT)
const minutes = (number: number) => Date.parse(state.core.detectedAt) + number * 60_000

test('the phase is the one that the time since detection says', () => {
  const at = (number: number) => phaseByTime(state.core, pack, minutes(number))?.phase.id
  expect([at(0), at(6), at(20), at(90)]).toEqual(pack.phases.slice(0, 4).map(({ id }) => id))
})

test('once it has ended the time since the end counts', () => {
  const ended = { ...state.core, resolvedAt: new Date(minutes(90)).toISOString() }
  expect(phaseByTime(ended, pack, minutes(95))?.phase).toBe(pack.phases.at(-1))
})

test('whom to call follows from severity and time alone', () => {
  const roles = (number: number) => callNow(state, pack, minutes(number)).map(({ role }) => role)
  expect(roles(5)).toEqual(['Team Lead'])
  expect(roles(31).toSorted()).toEqual(['Senior Engineer', 'Team Lead'])
  expect(callNow({ ...state, core: { ...state.core, severity: null } }, pack, minutes(31))).toEqual([])
})

test('the scenario comes from the most important finding that fits one', () => {
  const selected = scenarioOfFindings(pack, findings)
  expect(selected?.finding.rank).toBe(1)
  expect(scenarioOfFindings(pack, [findings[2]!])).toBeNull()
})
