import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Pack } from '../../../shared/packs/pack.ts'
import { type Answer, type Answers, triage } from '../../../shared/packs/triage.ts'
import { anyPack } from './small-pack.ts'

const answer = fc.constantFrom<Answer | undefined>('yes', 'no', 'unsure', undefined)

/** A pack with answers to some of its questions. */
const answered = anyPack().chain((pack) =>
  fc
    .array(answer, { minLength: pack.triage.questions.length, maxLength: pack.triage.questions.length })
    .map((given): [Pack, Answers] => [
      pack,
      Object.fromEntries(
        pack.triage.questions.flatMap(({ id }, i) => {
          const one = given[i]
          return one === undefined ? [] : [[id, one] as const]
        }),
      ),
    ]),
)
const rankOf = (pack: Pack, answers: Answers) => triage(pack, answers).severity.rank

it('always leads to a severity of the pack', () => {
  fc.assert(
    fc.property(answered, ([pack, answers]) => {
      expect(pack.severities).toContain(triage(pack, answers).severity)
    }),
  )
})

it('never lowers for one more yes to a question of severity, and never raises for one to a lowering question', () => {
  fc.assert(
    fc.property(answered, ([pack, answers]) => {
      for (const { id, yes } of pack.triage.questions) {
        const more = rankOf(pack, { ...answers, [id]: 'yes' })
        if ('severity' in yes) expect(more).toBeLessThanOrEqual(rankOf(pack, answers))
        else expect(more).toBeGreaterThanOrEqual(rankOf(pack, answers))
      }
    }),
  )
})

it('takes unsure to be at least as bad as no, and as yes', () => {
  fc.assert(
    fc.property(answered, ([pack, answers]) => {
      for (const { id } of pack.triage.questions) {
        const unsure = rankOf(pack, { ...answers, [id]: 'unsure' })
        expect(unsure).toBeLessThanOrEqual(rankOf(pack, { ...answers, [id]: 'no' }))
        expect(unsure).toBeLessThanOrEqual(rankOf(pack, { ...answers, [id]: 'yes' }))
      }
    }),
  )
})

it('is assumed exactly when sure answers in place of the unsure ones could lead elsewhere', () => {
  fc.assert(
    fc.property(answered, ([pack, answers]) => {
      const settle = (better: boolean) =>
        Object.fromEntries(
          pack.triage.questions.flatMap(({ id, yes }): [string, Answer][] => {
            const given = answers[id]
            if (given === undefined) return []
            return [[id, given !== 'unsure' ? given : 'severity' in yes === better ? 'no' : 'yes']]
          }),
        )
      const { severity, assumed } = triage(pack, answers)
      expect(rankOf(pack, settle(false))).toBe(severity.rank)
      expect(assumed).toBe(rankOf(pack, settle(true)) !== severity.rank)
    }),
  )
})

it('stores a step for each answer and for nothing else', () => {
  fc.assert(
    fc.property(answered, ([pack, answers]) => {
      const { path } = triage(pack, answers)
      expect(Object.fromEntries(path.map(({ id, answer }) => [id, answer]))).toEqual(answers)
    }),
  )
})

it('leaves no question out of those whose answer could change it', () => {
  fc.assert(
    fc.property(answered, ([pack, answers]) => {
      const { severity, open } = triage(pack, answers)
      for (const { id } of pack.triage.questions) {
        if (Object.hasOwn(answers, id) || open.includes(id)) continue
        for (const answer of ['yes', 'no', 'unsure'] as const) {
          expect(rankOf(pack, { ...answers, [id]: answer })).toBe(severity.rank)
        }
      }
    }),
  )
})

it('never falls below the lowest level, however much is lowered', () => {
  fc.assert(
    fc.property(anyPack(), (pack) => {
      const all = Object.fromEntries(pack.triage.questions.map(({ id }) => [id, 'yes' as const]))
      expect(pack.severities).toContain(triage(pack, all).severity)
    }),
  )
})
