import { allScenes, judge, type Verdict } from '../test/scenes/judge.ts'

/*
 * `npm run bench:findings`: how right the findings are. Over all scenes, by code: precision (of what is said, the part that is
 * so) and recall (of what is so, the part that is said), and each confusion by its scene.
 */

const verdicts = allScenes().map(judge)
const codeOf = (told: string) => told.split(' ')[0] ?? ''
const codes = [
  ...new Set(verdicts.flatMap(({ right, invented, missed }) => [...right, ...invented, ...missed].map(codeOf))),
]

const count = (of: (verdict: Verdict) => readonly string[], code?: string) =>
  verdicts.flatMap(of).filter((told) => code === undefined || codeOf(told) === code).length

const row = (name: string, code?: string) => {
  const right = count((verdict) => verdict.right, code)
  const invented = count((verdict) => verdict.invented, code)
  const missed = count((verdict) => verdict.missed, code)
  const part = (of: number) => (of === 0 ? '   -' : (right / of).toFixed(2))
  return `${name.padEnd(6)} ${String(right).padStart(5)} ${String(invented).padStart(8)} ${String(missed).padStart(6)}   ${part(right + invented).padStart(9)} ${part(right + missed).padStart(6)}`
}

const recorded = verdicts.filter(({ scene }) => scene.origin.startsWith('dockerd ')).length
const well = verdicts.filter(({ scene }) => scene.wrong.length === 0).length
const lines = [
  `${verdicts.length} scenes, ${recorded} of them recorded from a real engine; in ${well} nothing is wrong.`,
  '',
  'code   right invented missed   precision recall',
  ...codes.toSorted().map((code) => row(code, code)),
  row('all'),
  '',
  ...verdicts.flatMap(({ scene, invented, missed }) => [
    ...invented.map((told) => `${scene.name}: said ${told}, which is not so`),
    ...missed.map((told) => `${scene.name}: did not say ${told}`),
  ]),
]
process.stdout.write(`${lines.join('\n')}\n`)
process.exitCode = count((verdict) => [...verdict.invented, ...verdict.missed]) === 0 ? 0 : 1
