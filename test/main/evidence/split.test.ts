import { expect, test } from 'vitest'
import { OtherHalfLeft, Split } from '../../../main/evidence/split.ts'

async function* numbered(count: number, onEnd: () => void = () => undefined): AsyncGenerator<Uint8Array> {
  try {
    for (let n = 0; n < count; n += 1) yield Uint8Array.of(n)
  } finally {
    onEnd()
  }
}

async function taken(half: AsyncIterable<Uint8Array>, most = Infinity): Promise<number[]> {
  const parts: number[] = []
  for await (const [first = -1] of half) {
    parts.push(first)
    if (parts.length >= most) break
  }
  return parts
}

test('both halves get every part', async () => {
  const split = new Split(numbered(5))
  expect(await Promise.all([taken(split.half(0)), taken(split.half(1))])).toEqual([
    [0, 1, 2, 3, 4],
    [0, 1, 2, 3, 4],
  ])
})

test('when one leaves, the other hears of it and the source is closed', async () => {
  let isClosed = false
  const split = new Split(numbered(5, () => (isClosed = true)))
  const [left, other] = await Promise.allSettled([taken(split.half(0), 2), taken(split.half(1))])
  expect(left).toMatchObject({ status: 'fulfilled' })
  expect(other).toMatchObject({ status: 'rejected', reason: expect.any(OtherHalfLeft) })
  expect(isClosed).toBe(true)
})

test('both are told what the source throws', async () => {
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield Uint8Array.of(1)
    throw new Error('the disk is gone')
  }
  const split = new Split(failing())
  for (const half of await Promise.allSettled([taken(split.half(0)), taken(split.half(1))])) {
    expect(half).toMatchObject({ status: 'rejected', reason: { message: 'the disk is gone' } })
  }
})
