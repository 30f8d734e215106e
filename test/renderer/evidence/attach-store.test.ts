import { expect, test } from 'vitest'
import { createClient } from '../../../renderer/bridge/client.ts'
import { createAttachStore } from '../../../renderer/evidence/attach-store.ts'
import type { Refusal } from '../../../shared/refusal.ts'
import { FakeMain } from '../fake-main.ts'

const incident = '01KAHB7Q7N8S3H9F0V6Z2M4XWC'
const encode = async (part: Blob): Promise<string> => Buffer.from(await part.arrayBuffer()).toString('base64')

function open(encoding = encode) {
  const main = new FakeMain()
  main.begin(incident)
  const attachments = createAttachStore(createClient(main.bridge()), encoding)
  const states = () => attachments.store.getState().map(({ name, state }) => [name, state])
  const asked = (name: string) => main.asked.filter((one) => one.name === name)
  return { main, attachments, states, asked }
}

const file = (name: string, size: number) => new File([Buffer.alloc(size, name)], name)
const full: Refusal = { code: 'storage', tried: 'Attach b.txt', happened: 'The disk is full.', next: 'Make room.' }

test('files go one after the other, in parts, with their notes', async () => {
  const { main, attachments, states, asked } = open()
  attachments.offer(incident, [file('a.txt', 2_500_000), file('b.png', 10)], 'dropped')
  attachments.setNote(1, ' as the vendor sent it ')
  expect(asked('attachments.begin')).toEqual([])
  await attachments.send(incident)
  expect(states()).toEqual([
    ['a.txt', 'kept'],
    ['b.png', 'kept'],
  ])
  const begins = [0, 1_048_576, 2_097_152, 0]
  expect(asked('attachments.part')).toMatchObject(begins.map((at) => ({ argument: { at } })))
  const kept = main.state(incident).evidence.map(({ title, size, note }) => [title, size, note])
  expect(kept).toEqual([
    ['a.txt', 2_500_000, 'as the vendor sent it'],
    ['b.png', 10, null],
  ])
})

test('what is refused says why, waits, and goes when it is sent again', async () => {
  const { main, attachments, states } = open()
  main.refusals.set('attachments.part', full)
  attachments.offer(incident, [file('b.txt', 10), file('c.txt', 10)], 'chosen')
  await attachments.send(incident)
  expect(states()).toEqual([
    ['b.txt', 'failed'],
    ['c.txt', 'offered'],
  ])
  expect(attachments.store.getState()[0]?.refusal).toEqual(full)
  await attachments.send(incident)
  expect(states().map(([, state]) => state)).toEqual(['kept', 'kept'])
})

test('what is offered while others are on their way waits for its own word, and its note is typed to the end', async () => {
  const { main, attachments, states } = open()
  const release = main.hold('attachments.end')
  attachments.offer(incident, [file('a.txt', 10), file('b.txt', 10)], 'chosen')
  const sent = attachments.send(incident)
  // Both are on their way from the press on: nobody types a note for them any more.
  expect(states().map(([, state]) => state)).toEqual(['sending', 'sending'])
  attachments.offer(incident, [file('c.txt', 10)], 'pasted')
  attachments.setNote(3, 'as the ven')
  release()
  await sent
  expect(states().map(([, state]) => state)).toEqual(['kept', 'kept', 'offered'])
  attachments.setNote(3, 'as the vendor sent it')
  await attachments.send(incident)
  expect(main.state(incident).evidence.map(({ title, note }) => [title, note])).toEqual([
    ['a.txt', null],
    ['b.txt', null],
    ['c.txt', 'as the vendor sent it'],
  ])
})

test('one that is taken away on its way is cancelled, and nothing of it is kept', async () => {
  const { main, attachments, states, asked } = open(async (part) => {
    if (asked('attachments.part').length === 2) await attachments.remove(1)
    return encode(part)
  })
  attachments.offer(incident, [file('a.txt', 5_000_000)], 'pasted')
  await attachments.send(incident)
  expect([states(), main.state(incident).evidence]).toEqual([[], []])
  expect([asked('attachments.end'), asked('attachments.cancel').length]).toEqual([[], 1])
})

test('a picture of the clipboard gets a name, and what was kept goes when more is offered', async () => {
  const { attachments, states } = open()
  attachments.offer(incident, [new Blob(['x'], { type: 'image/png' })], 'pasted')
  await attachments.send(incident)
  attachments.offer(incident, [new Blob(['x'], { type: 'text/plain' })], 'pasted')
  expect(states()).toEqual([['pasted.txt', 'offered']])
})
