import { expect, test } from 'vitest'
import { hasFilter, toggleFilter, without } from '../../../renderer/search/typed-filters.ts'

test('a filter is put behind what is typed, and taken away however it was written', () => {
  expect(toggleFilter('pool', 'kind:noted')).toBe('pool kind:noted ')
  expect(toggleFilter('', 'is:starred')).toBe('is:starred ')
  expect(toggleFilter('pool KIND:"noted" full', 'kind:noted')).toBe('pool full')
})

test('a filter that leaves out is another', () => {
  expect(hasFilter('pool -kind:noted', 'kind:noted')).toBe(false)
  expect(hasFilter('pool kind:noted', 'kind:noted')).toBe(true)
})

test('a word is left out once', () => {
  expect(without('pool by:ana pool', 'by:ana')).toBe('pool pool')
})
