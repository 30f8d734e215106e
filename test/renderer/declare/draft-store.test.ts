import { expect, test } from 'vitest'
import {
  createDraftStore,
  emptyDraft,
  nextQuestion,
  proposal,
  typedSystems,
} from '../../../renderer/declare/draft-store.ts'
import { infinity } from '../fake-main.ts'

const { pack } = infinity

function asking() {
  const draft = createDraftStore()
  draft.set({ title: 'Sign-in fails', stage: 'questions' })
  return draft
}

test('the questions come one after the other, and those that can change nothing are left out', () => {
  const draft = asking()
  expect(nextQuestion(pack, {})?.id).toBe('service-down')
  draft.answer(pack, 'service-down', 'yes')
  expect(nextQuestion(pack, draft.store.getState().answers)?.id).toBe('workaround')
  draft.answer(pack, 'workaround', 'no')
  expect(draft.store.getState().stage).toBe('severity')
  expect(proposal(pack, draft.store.getState())).toMatchObject({ severity: { id: 'p1' }, assumed: false })
})

test("'not sure' takes the higher and is marked as assumed", () => {
  const draft = asking()
  draft.answer(pack, 'service-down', 'unsure')
  draft.answer(pack, 'workaround', 'no')
  expect(proposal(pack, draft.store.getState())).toMatchObject({ severity: { id: 'p1' }, assumed: true })
})

test('back undoes the last answer, then goes to the form, and loses nothing typed', () => {
  const draft = asking()
  draft.answer(pack, 'service-down', 'no')
  draft.answer(pack, 'breach', 'yes')
  draft.back()
  expect(draft.store.getState()).toMatchObject({ stage: 'questions', answers: { 'service-down': 'no' } })
  draft.back()
  draft.back()
  expect(draft.store.getState()).toMatchObject({ stage: 'what', title: 'Sign-in fails', answers: {} })
})

test('another pack asks other questions: the answers go, the title stays', () => {
  const draft = asking()
  draft.choosePack('infinity')
  draft.answer(pack, 'service-down', 'no')
  draft.choosePack('infinity')
  expect(draft.store.getState().answered).toEqual(['service-down'])
  draft.choosePack('other')
  expect(draft.store.getState()).toMatchObject({ title: 'Sign-in fails', answers: {}, answered: [] })
})

test('a new answer takes the choice made by hand back', () => {
  const draft = asking()
  draft.set({ chosen: 'p4' })
  draft.answer(pack, 'service-down', 'yes')
  expect(draft.store.getState().chosen).toBeNull()
})

test('once declared nothing is left', () => {
  const draft = asking()
  draft.clear()
  expect(draft.store.getState()).toEqual(emptyDraft)
})

const nowMs = Date.parse('2026-11-21T14:30:00.000Z')
const mail = 'From: Nagios\nDate: Sat, 21 Nov 2026 14:05:00 +0000\nSubject: db-1 is down\n'

test('an alert fills title, time and reporter, and taking it away takes them along', () => {
  const draft = createDraftStore()
  draft.takeAlert(mail, nowMs, 'utc')
  expect(draft.store.getState()).toMatchObject({
    title: 'db-1 is down',
    detected: '2026-11-21 14:05:00',
    reporter: 'Nagios',
    alert: { read: { mode: 'text' } },
  })
  draft.dropAlert()
  expect(draft.store.getState()).toEqual(emptyDraft)
})

test('what a person typed stays, whatever the alert says, and another alert replaces the first', () => {
  const draft = createDraftStore()
  draft.set({ title: 'Checkout fails' })
  draft.takeAlert(mail, nowMs, 'utc')
  expect(draft.store.getState()).toMatchObject({ title: 'Checkout fails', reporter: 'Nagios' })
  draft.takeAlert(mail.replace('Nagios', 'Icinga'), nowMs, 'utc')
  expect(draft.store.getState().reporter).toBe('Icinga')
  draft.set({ reporter: 'Tom' })
  draft.dropAlert()
  expect(draft.store.getState()).toMatchObject({ title: 'Checkout fails', reporter: 'Tom', detected: '', alert: null })
})

test('an alert that is refused changes nothing but says why', () => {
  const draft = createDraftStore()
  draft.takeAlert(mail, nowMs, 'utc')
  draft.takeAlert('x'.repeat(2_000_000), nowMs, 'utc')
  expect(draft.store.getState()).toMatchObject({ title: 'db-1 is down', alertRefusal: { code: 'too-large' } })
  draft.takeAlert(mail, nowMs, 'utc')
  expect(draft.store.getState().alertRefusal).toBeNull()
})

test('systems are typed with commas, each once', () => {
  expect(typedSystems(' auth, checkout;auth ,, ')).toEqual(['auth', 'checkout'])
})

test('the grid of impact and urgency proposes a level, and of questions and grid the higher holds', () => {
  const grid = {
    impact: [
      { id: 'all', title: 'Everybody' },
      { id: 'one', title: 'Somebody' },
    ],
    urgency: [{ id: 'now', title: 'At once' }],
    cells: [['p1'], ['p3']],
    covers: [],
  }
  const gridded = { ...pack, triage: { ...pack.triage, grid } }
  const seen = { impact: 'one', urgency: 'now' }
  expect(proposal(gridded, emptyDraft)).toBeNull()
  expect(proposal(gridded, { ...emptyDraft, seen })).toMatchObject({ severity: { id: 'p3' }, assumed: false })
  const unsure = { ...emptyDraft, seen: { impact: null, urgency: 'now' } }
  expect(proposal(gridded, unsure)).toMatchObject({ severity: { id: 'p1' }, assumed: true })
  const answered = {
    answered: ['service-down', 'workaround'],
    answers: { 'service-down': 'yes', workaround: 'no' },
  } as const
  expect(proposal(gridded, { ...emptyDraft, seen, ...answered })).toMatchObject({ severity: { id: 'p1' } })
})
