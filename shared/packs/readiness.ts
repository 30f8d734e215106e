import { z } from 'zod'
import { type PlaceBinding, routeFits } from '../targets/binding.ts'
import { type Due, isDue, spellEvery } from './due.ts'
import type { OverlayPerson } from './overlay-shape.ts'
import { type EffectivePack, heldBy } from './overlay.ts'
import type { Pack } from './pack.ts'
import { stepsOf } from './steps-of.ts'

export const readinessTopics = [
  'contact',
  'approval',
  'clock',
  'callout',
  'place',
  'target',
  'parameter',
  'credential',
  'drill',
  'overlay',
] as const

/**
 * One thing that would be missing on the day. `missing`: something will not work without it; `advice`: it works, and is
 * worth a look. `path`: where it stands in the pack, as `itemsOf` writes it.
 */
export const readinessFindingSchema = z.strictObject({
  topic: z.enum(readinessTopics),
  weight: z.enum(['missing', 'advice']),
  path: z.string().nullable(),
  title: z.string(),
  /** What comes of it. */
  why: z.string(),
  next: z.string(),
})

export type ReadinessFinding = z.infer<typeof readinessFindingSchema>

/** What readiness is judged by, beside the pack. */
export interface Surroundings {
  /** Ids of the contacts that can be reached in some way; null: the vault is locked, or there is none. */
  readonly reachable: readonly string[] | null
  /** Names of the credentials of the vault; null: locked, or none. */
  readonly credentials: readonly string[] | null
  /** What is due; `dueOf` tells. */
  readonly due: readonly Due[]
  /** Whether a place may be what it is bound to: this machine counts only where somebody here agreed. */
  readonly isConsented: (place: string, binding: PlaceBinding) => boolean
}

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
const inOverlay = 'in the overlay (`muster overlay new` writes one to fill)'

/** Roles that somebody is called or told as. */
function calledRoles(pack: Pack): Set<string> {
  return new Set([
    ...pack.contacts.map(({ role }) => role),
    ...pack.escalation.flatMap(({ to }) => to.roles),
    ...pack.notifications.flatMap(({ roles }) => roles),
  ])
}

function contactFindings(effective: EffectivePack, around: Surroundings): ReadinessFinding[] {
  const { pack, people } = effective
  const called = calledRoles(pack)
  const empty = pack.roles.flatMap(({ id, title }, i): ReadinessFinding[] => {
    const addresses = pack.contacts.find(({ role }) => role === id)?.addresses ?? []
    if (!called.has(id) || addresses.length > 0 || (heldBy(people, id) ?? []).length > 0) return []
    return [
      {
        topic: 'contact',
        weight: 'missing',
        path: `roles[${i}]`,
        title: `Nobody stands behind ${title}`,
        why: 'The runbook says to call this role, and there is nobody to call.',
        next: `Name the people of '${id}' under \`contacts\` ${inOverlay}.`,
      },
    ]
  })
  return [...empty, ...unreachable(effective, around)]
}

/** People who stand behind a role and cannot be reached, each told once. */
function unreachable({ pack, people }: EffectivePack, { reachable }: Surroundings): ReadinessFinding[] {
  const roles = new Map<OverlayPerson, string[]>()
  for (const { id, title } of pack.roles) {
    for (const person of heldBy(people, id) ?? []) roles.set(person, [...(roles.get(person) ?? []), title])
  }
  return Array.from(roles).flatMap(([person, titles]): ReadinessFinding[] => {
    const isInVault = person.contact !== undefined && (reachable?.includes(person.contact) ?? true)
    if (person.addresses.length > 0 || isInVault) return []
    return [
      {
        topic: 'contact',
        weight: 'missing',
        path: null,
        title: `No way to reach ${person.name} (${titles.join(', ')})`,
        why:
          person.contact === undefined
            ? 'The overlay gives a name and neither an address nor a contact of the vault.'
            : 'The contact that the overlay names is not in the vault, or has no number.',
        next: 'Add the contact with its numbers (`muster people import FILE`), and its id to the overlay.',
      },
    ]
  })
}

function approvalFindings({ pack, approvers }: EffectivePack): ReadinessFinding[] {
  return pack.approvals.flatMap(({ id, title, roles }, i): ReadinessFinding[] =>
    roles.length > 0 || (heldBy(approvers, id) ?? []).length > 0
      ? []
      : [
          {
            topic: 'approval',
            weight: 'missing',
            path: `approvals[${i}].roles`,
            title: `Nobody is named to approve: ${title}`,
            why: 'The runbook asks for a yes and names nobody who may say it.',
            next: `Name roles or people for '${id}' under \`approvers\` ${inOverlay}.`,
          },
        ],
  )
}

function clockFindings(pack: Pack): ReadinessFinding[] {
  const open = (path: string, title: string, why: string, next: string): ReadinessFinding => ({
    topic: 'clock',
    weight: 'advice',
    path,
    title,
    why,
    next,
  })
  const covered = (id: string) =>
    pack.cadence.some(({ severities }) => severities.length === 0 || severities.includes(id))
  return [
    ...pack.severities.flatMap(({ id, code, respondWithinMinutes }, i) => [
      ...(respondWithinMinutes === null
        ? [
            open(
              `severities[${i}].respondWithinMinutes`,
              `No response time for ${code}`,
              'No clock runs until the first response.',
              `State it for '${id}' under \`severities\` ${inOverlay}.`,
            ),
          ]
        : []),
      ...(covered(id)
        ? []
        : [
            open(
              'cadence',
              `No rhythm of updates for ${code}`,
              'Nothing reminds of the next update.',
              `State one under \`cadence\` ${inOverlay}: severities [${id}] and updateWithinMinutes.`,
            ),
          ]),
    ]),
    ...pack.cadence.flatMap(({ id, rule, updateWithinMinutes }, i) =>
      updateWithinMinutes === null
        ? [
            open(
              `cadence[${i}].updateWithinMinutes`,
              `No time in the rule '${rule}'`,
              'Its clock runs only where an update names the time of the next.',
              `State minutes for '${id}' under \`cadence\` ${inOverlay}, or leave it to each update.`,
            ),
          ]
        : [],
    ),
    ...pack.notifications.flatMap(({ id, title, withinMinutes }, i) =>
      withinMinutes === null
        ? [
            open(
              `notifications[${i}].withinMinutes`,
              `No time for: ${title}`,
              'It is listed as something to do, and no clock runs for it.',
              `State minutes for '${id}' under \`notifications\` ${inOverlay}.`,
            ),
          ]
        : [],
    ),
    ...(pack.postMortem.dueWithinHours === null
      ? [
          open(
            'postMortem.dueWithinHours',
            'No deadline for the post-mortem',
            'No clock runs for it.',
            `State hours under \`postMortem\` ${inOverlay}.`,
          ),
        ]
      : []),
    ...(needsHours(pack) && pack.businessHours === undefined
      ? [
          open(
            'businessHours',
            'No business hours',
            'Times that count in business hours cannot be told.',
            `State time zone, days, from and to under \`businessHours\` ${inOverlay}.`,
          ),
        ]
      : []),
  ]
}

function needsHours(pack: Pack): boolean {
  const onCall = pack.roles.some((role) => role.onCall.some(({ hours }) => hours === 'business'))
  return onCall || pack.regulatory.some(({ businessHours }) => businessHours)
}

function calloutFindings({ escalation, callouts }: Pack): ReadinessFinding[] {
  if (escalation.length === 0) return []
  const missing = (
    [
      ['answerWithinMinutes', 'how long to wait for an answer'],
      ['tries', 'how often to call the same person'],
    ] as const
  ).filter(([key]) => (callouts?.[key] ?? null) === null)
  if (missing.length === 0) return []
  return [
    {
      topic: 'callout',
      weight: 'advice',
      path: 'callouts',
      title: `Not stated: ${missing.map(([, words]) => words).join(', and ')}`,
      why: 'When somebody does not answer, Muster cannot say when it is time for the next.',
      next: `State ${missing.map(([key]) => key).join(' and ')} under \`callouts\` ${inOverlay}.`,
    },
  ]
}

function placeFindings({ pack, places }: EffectivePack, { isConsented }: Surroundings): ReadinessFinding[] {
  const steps = stepsOf(pack)
  return pack.places.flatMap(({ id, title }, i): ReadinessFinding[] => {
    const count = steps.filter(({ step }) => step.place === id).length
    const binding = heldBy(places, id)
    if (binding !== null && isConsented(id, binding)) return []
    return [
      {
        topic: 'place',
        weight: 'missing',
        path: `places[${i}]`,
        title: binding === null ? `${title} is not bound` : `${title} is this machine, and nobody here agreed to that`,
        why: `${count === 1 ? '1 step runs' : `${count} steps run`} there; until then they can only be done by hand.`,
        next: `Bind '${id}' in the window (Packs), or under \`places\` ${inOverlay}.`,
      },
    ]
  })
}

function targetFindings({ pack, places, targets }: EffectivePack): ReadinessFinding[] {
  return pack.targets.flatMap((target, i): ReadinessFinding[] => {
    const binding = heldBy(targets, target.id)
    const found = (title: string, why: string): ReadinessFinding[] => [
      {
        topic: 'target',
        weight: 'missing',
        path: `targets[${i}]`,
        title,
        why,
        next: `Bind '${target.id}' in the window (Packs), or under \`targets\` ${inOverlay}.`,
      },
    ]
    if (binding === null) return found(`${target.title} is not bound`, 'Muster does not know where it is.')
    const through = binding.place ?? target.place
    const place = through === undefined ? null : heldBy(places, through)
    if (routeFits(binding.route, place)) return []
    return found(
      `The way to ${target.title} leads nowhere`,
      `Its route '${binding.route}' needs a place that fits it, and ${through === undefined ? 'none is named' : `'${through}' does not`}.`,
    )
  })
}

function parameterFindings(effective: EffectivePack, { credentials }: Surroundings): ReadinessFinding[] {
  const { pack } = effective
  return pack.parameters.flatMap((parameter, i): ReadinessFinding[] => {
    const { id, title, secret, optional } = parameter
    const found = (topic: 'parameter' | 'credential', said: Pick<ReadinessFinding, 'title' | 'why' | 'next'>) => [
      { topic, weight: optional ? ('advice' as const) : ('missing' as const), path: `parameters[${i}]`, ...said },
    ]
    if (!secret) {
      if (parameter.default !== undefined || heldBy(effective.values, id) !== null) return []
      return found('parameter', {
        title: `${title} has no value`,
        why: 'Muster asks for it each time; in an incident that is one question more.',
        next: `State it for '${id}' under \`parameters\` ${inOverlay}, if it is always the same.`,
      }).map((one) => ({ ...one, weight: 'advice' as const }))
    }
    const name = heldBy(effective.credentials, id) ?? boundCredential(effective, id)
    if (name !== null && (credentials?.includes(name) ?? true)) return []
    return found('credential', {
      title: name === null ? `${title} names no credential` : `The vault holds no '${name}' (${title})`,
      why: 'What needs it can only be done by hand.',
      next:
        name === null
          ? `Keep it in the vault, and name that for '${id}' under \`parameters\` ${inOverlay}.`
          : `Keep it: muster vault set ${name}`,
    })
  })
}

/** The credential of a target that the secret parameter opens. */
function boundCredential({ pack, targets }: EffectivePack, parameter: string): string | null {
  const names = pack.targets.flatMap(({ id, credential }) =>
    credential === parameter ? (heldBy(targets, id)?.credential ?? []) : [],
  )
  return names[0] ?? null
}

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
