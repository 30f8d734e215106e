import { expect, it } from 'vitest'
import { nearest } from '../../../shared/packs/nearest.ts'

const words = ['severity', 'lowerBy', 'questions', 'p1', 'p2']

it('names what was most likely meant', () => {
  expect(nearest('severty', words)).toBe('severity')
  expect(nearest('SEVERITY', words)).toBe('severity')
  expect(nearest('quesitons', words)).toBe('questions')
  expect(nearest('lower', words)).toBe('lowerBy')
  expect(nearest('p3', words)).toBe('p1')
})

it('names nothing for a word that is far from all', () => {
  expect(nearest('escalation', words)).toBeNull()
  expect(nearest('x', words)).toBeNull()
  expect(nearest('', words)).toBeNull()
  expect(nearest('anything', [])).toBeNull()
})

it('spends no time on a word that is no word', () => {
  expect(nearest('x'.repeat(1_000_000), words)).toBeNull()
})
