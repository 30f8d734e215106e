import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anchors, indexPacks, searchPacks } from '../../../shared/packs/search.ts'
import { infinity } from '../../main/packs/requirements.ts'
import { smallPack } from './small-pack.ts'

const steps = [
  {
    id: 'limit',
    type: 'manual',
    title: 'Block the address',
    text: 'Ask the network team',
    command: 'iptables -A INPUT',
    warning: 'You may lock yourself out.',
  },
  { id: 'count', type: 'check', title: 'Count the sockets', text: 'Fewer than before' },
]
const pack = smallPack({
  scenarios: [
    {
      id: 'flood',
      title: 'A flood of requests',
      summary: 'Too many come at once.',
      symptoms: [{ id: 'slow', text: 'Sign-in answers late' }],
      stages: [
        {
          id: 'contain',
          title: 'Contain',
          purpose: 'contain',
          options: [{ id: 'wall', title: 'At the firewall', steps }],
        },
      ],
    },
  ],
})
const index = indexPacks([pack, infinity()])
const found = (typed: string) => searchPacks(index, typed).hits.map(({ kind, title }) => `${kind} ${title.text}`)

describe('a search over packs', () => {
  it('finds titles, symptoms, steps, commands, warnings and roles by parts of their words', () => {
    expect(found('flood')[0]).toBe('scenario A flood of requests')
    expect(found('answers late')).toEqual(['symptom Sign-in answers late'])
    expect(found('iptables')).toEqual(['step Block the address'])
    expect(found('lock yourself')).toEqual(['step Block the address'])
    expect(found('lead small')).toContain('role Lead')
  })

  it('leads to the page and the part of it', () => {
    expect(searchPacks(index, 'iptables').hits[0]?.spot).toEqual({
      pack: 'small',
      list: 'scenarios',
      item: 'flood',
      anchor: anchors.step('contain', 'wall', 'limit'),
    })
  })

  it('wants every word, of which some may stand in the titles around', () => {
    expect(found('flood sockets')).toEqual(['step Count the sockets'])
    expect(found('flood nothing-like-it')).toEqual([])
    expect(found('   ')).toEqual([])
  })

  it('puts titles before texts, and tells how many more there are', () => {
    const { hits, more } = searchPacks(index, 'database', 2)
    expect(hits).toHaveLength(2)
    expect(hits.every(({ title }) => title.text.toLowerCase().includes('database'))).toBe(true)
    expect(more).toBe(searchPacks(index, 'database').hits.length - 2)
  })

  it('marks the words where they stand', () => {
    const [hit] = searchPacks(index, 'IPTABLES input').hits
    const { text, marks } = hit?.excerpt ?? { text: '', marks: [] }
    expect(marks.map(([start, end]) => text.slice(start, end))).toEqual(['iptables', 'INPUT'])
  })

  it('marks nothing outside of the text, whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom('a', 'e i', 's  t', 'İ', 'db', '$')), (typed) => {
        for (const { title, excerpt } of searchPacks(index, typed).hits) {
          for (const { text, marks } of [title, excerpt]) {
            let last = -1
            for (const [start, end] of marks) {
              expect(start).toBeGreaterThan(last)
              expect(end).toBeGreaterThan(start)
              expect(end).toBeLessThanOrEqual(text.length)
              last = end
            }
          }
        }
      }),
    )
  })
})
