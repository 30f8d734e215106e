import type { PackShape } from './pack-shape.ts'
import type { Stage } from './stage.ts'
import type { Step } from './step.ts'

export type Path = readonly (string | number)[]

/** A step where it stands. `before`: the steps that have run when it begins, in its stages and its option. */
export interface PlacedStep {
  readonly step: Step
  readonly path: Path
  readonly before: readonly Step[]
  /** The steps of its own list. */
  readonly beside: readonly Step[]
}

/** The lists of stages of a pack: of its phases, scenarios and routines. */
export function stageLists(pack: PackShape): readonly { readonly stages: readonly Stage[]; readonly path: Path }[] {
  const of = (name: string, items: readonly { readonly stages: readonly Stage[] }[]) =>
    items.map(({ stages }, i) => ({ stages, path: [name, i, 'stages'] }))
  return [...of('phases', pack.phases), ...of('scenarios', pack.scenarios), ...of('routines', pack.routines)]
}

/** Every step of a pack. */
export function stepsOf(pack: PackShape): PlacedStep[] {
  return stageLists(pack).flatMap(({ stages, path }) => {
    const seen: Step[] = []
    return stages.flatMap((stage, i) => {
      const at = [...path, i]
      const own = placed(stage.steps, [...at, 'steps'], [...seen])
      seen.push(...stage.steps)
      const optional = stage.options.flatMap((option, j) =>
        placed(option.steps, [...at, 'options', j, 'steps'], [...seen]),
      )
      // Which option was taken is not known here: what any of them named may be there.
      seen.push(...stage.options.flatMap((option) => option.steps))
      return [...own, ...optional]
    })
  })
}

function placed(steps: readonly Step[], path: Path, before: readonly Step[]): PlacedStep[] {
  return steps.map((step, i) => ({
    step,
    path: [...path, i],
    before: [...before, ...steps.slice(0, i)],
    beside: steps,
  }))
}

/** The steps of a list of stages, without their places: for pages that show all of it. */
export function stepsIn(stages: readonly Stage[]): Step[] {
  return stages.flatMap((stage) => [...stage.steps, ...stage.options.flatMap((option) => option.steps)])
}
