import { describe, expect, it, test } from 'vitest'
import { type Answers, triage } from '../../../shared/packs/triage.ts'
import { infinity } from '../../main/packs/requirements.ts'

const pack = infinity()
const codeFor = (answers: Answers) => {
  const { severity, assumed } = triage(pack, answers)
  return assumed ? `${severity.code} assumed` : severity.code
}

describe('the answers of the Infinity OS pack lead', () => {
  const cases: [string, Answers][] = [
    ['P1', { 'service-down': 'yes' }],
    ['P1', { breach: 'yes', 'service-down': 'no', workaround: 'no' }],
    ['P2', { 'core-feature': 'yes' }],
    ['P2', { slow: 'yes' }],
    ['P3', { 'minor-feature': 'yes' }],
    ['P2', { 'service-down': 'yes', workaround: 'yes' }],
    ['P3', { 'core-feature': 'yes', workaround: 'yes' }],
    ['P4', { 'minor-feature': 'yes', workaround: 'yes' }],
    ['P4', { workaround: 'yes' }],
    ['P4', { 'service-down': 'no', breach: 'no', 'core-feature': 'no', slow: 'no', 'minor-feature': 'no' }],
    ['P4', {}],
    ['P1', { 'service-down': 'yes', 'core-feature': 'yes', 'minor-feature': 'yes' }],
    ['P1 assumed', { breach: 'unsure' }],
    ['P1', { 'service-down': 'yes', breach: 'unsure' }],
    ['P1', { 'service-down': 'yes', 'minor-feature': 'unsure' }],
    ['P1 assumed', { 'service-down': 'yes', workaround: 'unsure' }],
    ['P2 assumed', { breach: 'unsure', workaround: 'yes' }],
    ['P4', { workaround: 'unsure' }],
  ]

  test.each(cases)('to %s by %j', (code, answers) => {
    expect(codeFor(answers)).toBe(code)
  })
})

it('says why in sentences', () => {
  expect(triage(pack, { 'service-down': 'yes' }).why).toBe(
    "The answer to 'Is the service completely down?' is yes: P1.",
  )
  expect(triage(pack, { slow: 'yes', workaround: 'yes' }).why).toBe(
    "The answer to 'Is performance severely impacted (responses slower than 5 s)?' is yes: P2. The answer to 'Is there a workaround?' is yes, which lowers it to P3.",
  )
  expect(triage(pack, { breach: 'unsure' }).why).toBe(
    "Nobody is sure about 'Is there a security breach or data exposure?', so the higher level holds: P1.",
  )
  expect(triage(pack, { 'minor-feature': 'yes', workaround: 'unsure' }).why).toBe(
    "The answer to 'Is a non-core feature impacted?' is yes: P3. Nobody is sure about 'Is there a workaround?', so it is not lowered for that.",
  )
  expect(triage(pack, {}).why).toBe('No answer raises it above the lowest level: P4.')
})

it("keeps the path of the answers in the pack's order, each with what it led to", () => {
  const { path } = triage(pack, { workaround: 'yes', slow: 'unsure', 'service-down': 'no' })
  expect(path.map(({ id, answer, led }) => [id, answer, led])).toEqual([
    ['service-down', 'no', 'on'],
    ['slow', 'unsure', 'P2, assumed'],
    ['workaround', 'yes', 'lower by 1'],
  ])
  expect(path[0]?.question).toBe('Is the service completely down?')
})

it('names the questions whose answer may still change the severity', () => {
  expect(triage(pack, {}).open).toEqual([
    'service-down',
    'breach',
    'core-feature',
    'slow',
    'minor-feature',
    'workaround',
  ])
  expect(triage(pack, { 'service-down': 'yes' }).open).toEqual(['workaround'])
  expect(triage(pack, { slow: 'yes', workaround: 'no' }).open).toEqual(['service-down', 'breach'])
  expect(triage(pack, { breach: 'yes', workaround: 'no' }).open).toEqual([])
})

it('refuses an answer to a question that is not asked, and names the nearest', () => {
  expect(() => triage(pack, { workarond: 'yes' })).toThrow(
    expect.objectContaining({
      refusal: expect.objectContaining({ code: 'bad-input', next: "Did you mean 'workaround'?" }),
    }),
  )
  expect(() => triage(pack, Object.fromEntries([['constructor', 'yes']]))).toThrow("has no question 'constructor'")
})
