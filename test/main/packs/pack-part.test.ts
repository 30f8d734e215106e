import { expect, it } from 'vitest'
import { readPackInPart } from '../../../main/packs/pack-part.ts'
import { infinityText } from './requirements.ts'

const part = (text: string) => readPackInPart(Buffer.from(text), 'pinned.yaml')

/** As packs were before their phases had stages. */
const older = infinityText.replaceAll('    stages:\n', '    steps:\n')

it('reads of a pack of an older form all parts that are still the same', () => {
  const pack = part(older)
  expect(pack?.phases).toEqual([])
  expect(pack?.severities.map(({ code, respondWithinMinutes }) => [code, respondWithinMinutes])).toEqual([
    ['P1', 15],
    ['P2', 60],
    ['P3', 240],
    ['P4', 1440],
  ])
  expect(pack?.escalation).toHaveLength(11)
  expect(pack?.cadence.length).toBeGreaterThan(0)
})

it('reads a pack of this form whole, and of a newer one what it knows', () => {
  expect(part(infinityText)?.phases.length).toBeGreaterThan(0)
  expect(part(`${infinityText}\nnews: [1]\n`)?.phases.length).toBeGreaterThan(0)
})

it('leaves out what names something in a part that it cannot read', () => {
  const pack = part(infinityText.replace('roles:\n', 'roles:\n  - { form: newer }\n'))
  expect(pack?.roles).toEqual([])
  expect(pack?.escalation).toEqual([])
  expect(pack?.severities).toHaveLength(4)
})

it('is none without severities, and for what is no pack', () => {
  expect(part(infinityText.replace('severities:\n', 'levels:\n'))).toBeNull()
  for (const text of ['', '[', 'a: &a [*a]', '- 1', 'null']) expect(part(text)).toBeNull()
})
