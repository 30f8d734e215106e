import fc from 'fast-check'
import { expect, it } from 'vitest'
import { diffPacks } from '../../../shared/packs/diff.ts'
import type { Pack } from '../../../shared/packs/pack.ts'
import { infinity } from '../../main/packs/requirements.ts'
import { anyPack } from './small-pack.ts'

const hash = (digit: string) => digit.repeat(64)

function changed(change: (pack: Pack) => void) {
  const after = structuredClone(infinity())
  change(after)
  const { added, removed, changed } = diffPacks({ pack: infinity(), hash: hash('a') }, { pack: after, hash: hash('b') })
  return { added, removed, changed }
}

function first<Item>(list: Item[]): Item {
  const [one] = list
  if (one === undefined) throw new Error('the list is empty')
  return one
}

const nothing = { added: [], removed: [], changed: [] }

it('finds nothing between equal packs, and nothing in what only moved', () => {
  expect(changed(() => {})).toEqual(nothing)
  expect(changed((pack) => (pack.scenarios = pack.scenarios.toReversed()))).toEqual(nothing)
})

it('tells a changed step by the ids that lead to it, with the fields that changed', () => {
  const diff = changed((pack) => {
    const step = first(first(first(pack.phases).stages).steps)
    step.title = 'Look at its health'
    if (step.type === 'probe' && step.call.kind === 'http-get') step.call.path = '/ready'
  })
  expect(diff).toEqual({
    ...nothing,
    changed: [
      {
        path: 'phases/detect/stages/first-look/steps/health',
        title: 'Look at its health',
        fields: ['title', 'call.path'],
      },
    ],
  })
})

it('tells what came and what went, without what is inside it', () => {
  const diff = changed((pack) => {
    first(pack.phases).id = 'notice'
    pack.contacts.pop()
    pack.detection = []
  })
  expect(diff.added).toEqual([{ path: 'phases/notice', title: 'Detect' }])
  expect(diff.removed.map(({ path }) => path)).toEqual([
    'contacts/legal',
    ...['prometheus', 'cloudflare', 'pipeline', 'user', 'team'].map((id) => `detection/${id}`),
    'phases/detect',
  ])
  expect(diff.changed).toEqual([])
})

it('tells what the pack says of itself, and of its one review', () => {
  const diff = changed((pack) => {
    pack.version = '2.0.0'
    pack.postMortem.dueWithinHours = 24
    first(first(pack.postMortem.sections).fields).title = 'Other'
  })
  expect(diff.changed).toEqual([
    { path: '', title: 'Infinity OS', fields: ['version', 'postMortem.dueWithinHours'] },
    { path: expect.stringMatching(/^postMortem\/sections\/[^/]+\/fields\/[^/]+$/), title: 'Other', fields: ['title'] },
  ])
})

it('tells the same both ways round', () => {
  fc.assert(
    fc.property(anyPack(), anyPack(), (a, b) => {
      const [one, two] = [
        { pack: a, hash: hash('a') },
        { pack: b, hash: hash('b') },
      ]
      const [there, back] = [diffPacks(one, two), diffPacks(two, one)]
      const paths = (items: readonly { path: string }[]) => items.map(({ path }) => path).toSorted()
      expect(paths(there.added)).toEqual(paths(back.removed))
      expect(paths(there.changed)).toEqual(paths(back.changed))
      expect(diffPacks(one, one)).toMatchObject(nothing)
    }),
  )
})
