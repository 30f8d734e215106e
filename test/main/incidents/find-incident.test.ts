import { expect, test } from 'vitest'
import { findIncident } from '../../../main/incidents/find-incident.ts'
import { emptyCore } from '../../../shared/incident/entries.ts'
import { emptyState } from '../../../shared/incident/state.ts'

const number = 'INC-2026-1121-0001'
const state = (id: string, named: string) => ({ ...emptyState(id), core: { ...emptyCore, number: named } })
const states = [
  state('01KAHB7Q7N8S3H9F0V6Z2M4XWD', number),
  state('01KAHB7Q7N8S3H9F0V6Z2M4XWC', number),
  state('01KAHB7Q7N8S3H9F0V6Z2M4XWE', 'INC-2026-1121-0012'),
]

test.each([
  [number, '01KAHB7Q7N8S3H9F0V6Z2M4XWC'],
  [`${number}-b`, '01KAHB7Q7N8S3H9F0V6Z2M4XWD'],
  ['0001-B', '01KAHB7Q7N8S3H9F0V6Z2M4XWD'],
  ['0001', '01KAHB7Q7N8S3H9F0V6Z2M4XWC'],
  ['0012', '01KAHB7Q7N8S3H9F0V6Z2M4XWE'],
  ['01kahb7q7n8s3h9f0v6z2m4xwd', '01KAHB7Q7N8S3H9F0V6Z2M4XWD'],
])('%s names one incident', (named, id) => {
  expect(findIncident(states, named).id).toBe(id)
})

test('what fits several is refused with their names, as this desk calls them', () => {
  expect(() => findIncident(states, 'INC-2026')).toThrow(`${number}-B, ${number}, INC-2026-1121-0012`)
})
