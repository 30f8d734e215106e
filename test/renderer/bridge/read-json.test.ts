import { expect, test } from 'vitest'
import { readJson } from '../../../renderer/bridge/read-json.ts'

const read = (value: unknown) => readJson(JSON.stringify(value))

test('plain text is read as it was written', () => {
  const value = { title: 'Zahlung fällt aus: 支払い', lines: ['a\tb\r\n', 'c\n'], count: 1, none: null }
  expect(read(value)).toEqual(value)
})

test.each([
  ['letters made to run backwards', 'a \u202egpj.exe', 'a ⟨U+202E⟩gpj.exe'],
  ["a terminal's orders", '\u001b[2Jgone', '⟨U+001B⟩[2Jgone'],
  ['a mark that nobody sees', 'pay\u00adpal\u200b', 'pay⟨U+00AD⟩pal⟨U+200B⟩'],
  ['orders beside a tab', 'a\tb\u0007', 'a\tb⟨U+0007⟩'],
])('%s are spelled out, wherever they stand', (_what, written, shown) => {
  expect(read({ deep: [{ text: written }] })).toEqual({ deep: [{ text: shown }] })
})
