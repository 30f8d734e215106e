import { expect, it } from 'vitest'
import { lintAllApart, lintApart } from '../../../main/packs/lint.ts'
import { lintPack } from '../../../main/packs/pack-file.ts'
import { infinityText } from './requirements.ts'

const bytes = new TextEncoder().encode(infinityText)

it('answers from its thread what a lint in place answers', async () => {
  expect(await lintApart(bytes, 'a.yaml')).toEqual(lintPack(bytes, 'a.yaml'))
  const broken = new TextEncoder().encode(infinityText.replace('title: Infinity OS', 'titel: Infinity OS'))
  expect(await lintApart(broken, 'a.yaml')).toEqual(lintPack(broken, 'a.yaml'))
})

it('ends a lint that takes too long', async () => {
  await expect(lintApart(bytes, 'a.yaml', 1)).rejects.toMatchObject({ refusal: { code: 'timed-out' } })
})

it('starts nothing for a file over the cap', async () => {
  await expect(lintApart(new Uint8Array(50 * 1_048_576), 'a.yaml')).rejects.toMatchObject({
    refusal: { code: 'too-large' },
  })
})

it('answers for each of several files, whatever becomes of the others', async () => {
  const file = (name: string, text: Uint8Array) => ({ bytes: text, file: name })
  const answers = await lintAllApart([
    file('a.yaml', bytes),
    file('large.yaml', new Uint8Array(2 * 1_048_576)),
    file('broken.yaml', new TextEncoder().encode('a: [')),
    file('b.yaml', bytes),
  ])
  expect(answers.map((one) => (one.kind === 'refused' ? one.refusal.code : Object.keys(one.linted)))).toEqual([
    ['loaded'],
    'too-large',
    ['problems'],
    ['loaded'],
  ])
  expect(await lintAllApart([])).toEqual([])
})
