import { expect, test, vi } from 'vitest'
import { comboOf, combosPrinted, type Press } from '../../../renderer/keys/combo.ts'
import { type Command, createCommands } from '../../../renderer/keys/commands.ts'
import { createKeyHandler } from '../../../renderer/keys/key-handler.ts'

const press = (key: string, held: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})

const command = (keys: string | null, run = vi.fn(), more: Partial<Command> = {}): Command => ({
  id: `do ${keys}`,
  title: `Do ${keys}`,
  keys,
  run,
  ...more,
})

function desk(layer = 'base') {
  const commands = createCommands()
  const state = { layer, nowMs: 0 }
  const handle = createKeyHandler({ commands, layer: () => state.layer, nowMs: () => state.nowMs })
  return { commands, state, handle }
}

test('presses are named as commands name them', () => {
  expect(comboOf(press('l'))).toBe('l')
  expect(comboOf(press('F', { shiftKey: true }))).toBe('shift+f')
  expect(comboOf(press('?', { shiftKey: true }))).toBe('?')
  expect(comboOf(press('k', { ctrlKey: true }))).toBe('mod+k')
  expect(comboOf(press('k', { metaKey: true }))).toBe('mod+k')
  expect(comboOf(press('Enter', { shiftKey: true }))).toBe('shift+enter')
  expect(comboOf(press('L'))).toBe('l')
})

test('keys are printed as they stand on a keyboard', () => {
  expect(combosPrinted('shift+f', false)).toBe('Shift F')
  expect(combosPrinted('mod+k', false)).toBe('Ctrl K')
  expect(combosPrinted('mod+k', true)).toBe('Cmd K')
  expect(combosPrinted('g b', false)).toBe('g then b')
})

test('a key runs the command of the nearest part of the screen', () => {
  const { commands, handle } = desk()
  const far = vi.fn()
  const near = vi.fn()
  commands.add({ layer: 'base', title: 'far', list: () => [command('n', far)] })
  const undo = commands.add({ layer: 'base', title: 'near', list: () => [command('n', near)] })
  expect(handle(press('n'), false)).toBe(true)
  undo()
  handle(press('n'), false)
  expect([far.mock.calls.length, near.mock.calls.length]).toEqual([1, 1])
})

test('no single key fires while a person types; Ctrl K and Esc do', () => {
  const { commands, handle } = desk()
  const run = vi.fn()
  commands.add({ layer: 'base', title: 'a', list: () => [command('l', run), command('g b', run)] })
  commands.add({ layer: 'always', title: 'b', list: () => [command('mod+k', run, { whileTyping: true })] })
  expect(handle(press('l'), true)).toBe(false)
  expect(handle(press('g'), true)).toBe(false)
  expect(run).not.toHaveBeenCalled()
  expect(handle(press('k', { ctrlKey: true }), true)).toBe(true)
  expect(run).toHaveBeenCalledOnce()
})

test('a layer on top takes the keys from what lies under it', () => {
  const { commands, state, handle } = desk()
  const run = vi.fn()
  commands.add({ layer: 'base', title: 'room', list: () => [command('s', run)] })
  state.layer = 'severity'
  expect(handle(press('s'), false)).toBe(false)
  expect(run).not.toHaveBeenCalled()
})

test('two keys one after the other are one command, if the second comes soon', () => {
  const { commands, state, handle } = desk()
  const run = vi.fn()
  commands.add({ layer: 'base', title: 'a', list: () => [command('f', vi.fn(), { also: 'g f' }), command('g b', run)] })
  handle(press('g'), false)
  expect(handle(press('b'), false)).toBe(true)
  handle(press('g'), false)
  state.nowMs = 2000
  expect(handle(press('b'), false)).toBe(false)
  expect(run).toHaveBeenCalledOnce()
})

test('what is shown never names one key twice', () => {
  const { commands } = desk()
  commands.add({ layer: 'base', title: 'far', list: () => [command('n')] })
  commands.add({ layer: 'base', title: 'near', list: () => [command('n')] })
  const keys = commands.of('base').flatMap((group) => group.commands.map((one) => one.keys))
  expect(keys).toEqual(['n', null])
})
