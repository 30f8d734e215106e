import { expect, test } from 'vitest'
import { deriveAgain } from '../../../main/evidence/derive-again.ts'
import { RefusalError } from '../../../shared/refusal.ts'
import { allScenes } from '../../scenes/judge.ts'

const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value))

test('a kept snapshot gives the findings that it gave on the day, and what is untidy beside', () => {
  const scene = allScenes().find(({ name }) => name === 'failed')
  const derived = deriveAgain(bytesOf(scene?.snapshot))
  expect(derived.findings.map(({ code, object }) => `${code} ${object.name}`)).toEqual(['D01 failed'])
  expect(derived.takenAt).toBe(scene?.snapshot.takenAt)
  const running = allScenes().find(({ name }) => name === 'healthy')
  expect(deriveAgain(bytesOf(running?.snapshot)).hygiene.map(({ code }) => code)).toContain('D22')
})

test('a snapshot of the first form is read with what it has', () => {
  const scene = allScenes().find(({ name }) => name === 'failed')
  const {
    images: _images,
    networks: _networks,
    disk: _disk,
    ...first
  } = { ...scene?.snapshot, format: 'engine-snapshot-1' }
  expect(deriveAgain(bytesOf(first)).findings).toHaveLength(1)
})

test.each([
  ['text that is no JSON', Buffer.from('not json')],
  ['JSON of another thing', bytesOf({ format: 'engine-snapshot-2' })],
  ['nothing', Buffer.alloc(0)],
])('%s is refused', (_name, bytes) => {
  expect(() => deriveAgain(bytes)).toThrow(RefusalError)
})
