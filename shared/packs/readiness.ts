import { z } from 'zod'
import { type Due, isDue, spellEvery } from './due.ts'
import type { EffectivePack } from './overlay.ts'
import { parameterFindings, placeFindings, targetFindings } from './readiness/bindings.ts'
import { clockFindings } from './readiness/clocks.ts'
import { type ReadinessFinding, readinessFindingSchema, type Surroundings } from './readiness/finding.ts'
import { approvalFindings, calloutFindings, contactFindings } from './readiness/people.ts'

/** What is missing of a pack before an incident, what will not work first, then in the order of the topics. */
export function readinessOf(effective: EffectivePack, around: Surroundings): ReadinessFinding[] {
  return [
    ...contactFindings(effective, around),
    ...approvalFindings(effective),
    ...clockFindings(effective.pack),
    ...calloutFindings(effective.pack),
    ...placeFindings(effective, around),
    ...targetFindings(effective),
    ...parameterFindings(effective, around),
    ...drillFindings(around.due),
    ...overlayFindings(effective),
  ].toSorted((a, b) => weights[a.weight] - weights[b.weight])
}

const weights = { missing: 0, advice: 1 } as const

function drillFindings(due: readonly Due[]): ReadinessFinding[] {
  return due.flatMap((one): ReadinessFinding[] => {
    const { what, id, title, every, lastAt, state } = one
    if (what !== 'drill' || !isDue(one) || every === null) return []
    return [
      {
        topic: 'drill',
        weight: 'advice',
        path: null,
        title: `Drill due: ${title}`,
        why:
          state === 'never'
            ? `The runbook wants it ${spellEvery(every)}, and nothing says that it was ever done.`
            : `The runbook wants it ${spellEvery(every)}; the last was on ${lastAt?.slice(0, 10) ?? ''}.`,
        next: `Practise it as an exercise, or tick it in one: muster tick INCIDENT ${id}`,
      },
    ]
  })
}

function overlayFindings({ yours, pack, people, approvers }: EffectivePack): ReadinessFinding[] {
  const readable = [...Object.values(people), ...Object.values(approvers)]
    .flat()
    .some(({ addresses }) => addresses.length > 0)
  return [
    ...yours.flatMap(({ path, runbook }): ReadinessFinding[] =>
      runbook === null
        ? []
        : [
            {
              topic: 'overlay',
              weight: 'advice',
              path,
              title: `Yours is not what the runbook says: ${path}`,
              why: `${pack.title} says ${runbook}.`,
              next: 'Leave it, if that is meant.',
            },
          ],
    ),
    ...(readable
      ? [
          {
            topic: 'overlay' as const,
            weight: 'advice' as const,
            path: null,
            title: 'The overlay holds addresses that can be read',
            why: 'They stand in its file, and go into the record of each incident.',
            next: 'Keep them in the vault instead, and name the contacts by their ids.',
          },
        ]
      : []),
  ]
}

/** A pack's readiness as it is told. `yours`: see overlay.ts; `overlay`: the one in force, `problem` why it is not read. */
export const readinessSchema = z.strictObject({
  pack: z.strictObject({ id: z.string(), title: z.string() }),
  overlay: z
    .strictObject({
      file: z.string(),
      title: z.string().nullable(),
      problem: z.string().nullable(),
    })
    .nullable(),
  findings: z.array(readinessFindingSchema),
  yours: z.array(z.strictObject({ path: z.string(), says: z.string(), runbook: z.string().nullable() })),
  due: z.array(
    z.strictObject({
      what: z.enum(['drill', 'routine']),
      id: z.string(),
      title: z.string(),
      state: z.enum(['never', 'overdue', 'soon', 'fine', 'as-asked']),
      lastAt: z.string().nullable(),
      dueAt: z.string().nullable(),
    }),
  ),
})

export type Readiness = z.infer<typeof readinessSchema>
