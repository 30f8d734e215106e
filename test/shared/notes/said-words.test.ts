import { expect, test } from 'vitest'
import { readLine } from '../../../shared/notes/command-line.ts'
import { saidWords } from '../../../shared/notes/said-words.ts'

const context = { nowMs: 0, zone: 'utc', severities: [{ id: 'p1', code: 'P1', name: 'Critical' }], people: [] } as const

test.each([
  ['pool is full', 'Note: pool is full'],
  [':decide roll back', 'Decision: roll back'],
  [':update EU is down', 'Update given: EU is down'],
  [':task Ana 10 check db', 'Task for Ana, 10 min: check db'],
  [':task Ana check db', 'Task for Ana: check db'],
  [':impact nobody can pay', 'Impact: nobody can pay'],
  [':sev P1 nobody can pay', 'Severity P1 Critical: nobody can pay'],
  [':role deputy Li', 'Li is deputy'],
  [':role deputy nobody', 'Nobody is deputy any more'],
  [':respond', 'Somebody is on it: the response clock stops'],
  [':resolve', 'Opens the dialog that ends the incident; nothing is logged yet'],
  [':sev', ''],
  ['', ''],
])('%j will be logged as %j', (typed, words) => {
  expect(saidWords(readLine(typed, context))).toBe(words)
})
