import { expect, test } from 'vitest'
import { timeSchema } from '../../../shared/journal/header.ts'

test.each([
  '2026-11-21T03:00:00.000Z',
  '0000-01-01T00:00:00.000Z',
  '9999-12-31T23:59:59.999Z',
  '2028-02-29T23:59:59.999Z',
])('%s is a time', (text) => expect(timeSchema.safeParse(text).success).toBe(true))

test.each([
  '2026-13-45T99:99:99.999Z',
  '2026-02-30T00:00:00.000Z',
  '2026-06-30T23:59:60.000Z',
  '2026-11-21T03:00:00Z',
  '2026-11-21T03:00:00.000+01:00',
  '2026-11-21',
  '',
])('%s is none', (text) => expect(timeSchema.safeParse(text).success).toBe(false))
