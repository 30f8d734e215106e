import type { OverlayPerson } from '../overlay-shape.ts'
import { type EffectivePack, heldBy } from '../overlay.ts'
import type { Pack } from '../pack.ts'
import { inOverlay, type ReadinessFinding, type Surroundings } from './finding.ts'

/** Roles that somebody is called, told or asked to command as. */
function calledRoles(pack: Pack): Set<string> {
  return new Set([
    ...pack.contacts.map(({ role }) => role),
    ...pack.commander.flatMap(({ roles }) => roles),
    ...pack.escalation.flatMap(({ from, to }) => [...(from === null ? [] : [from.role]), ...to.roles]),
    ...pack.notifications.flatMap(({ roles }) => roles),
  ])
}

export function contactFindings(effective: EffectivePack, around: Surroundings): ReadinessFinding[] {
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

export function approvalFindings({ pack, approvers }: EffectivePack): ReadinessFinding[] {
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

export function calloutFindings({ escalation, callouts }: Pack): ReadinessFinding[] {
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
