import { routeFits } from '../../targets/binding.ts'
import { type EffectivePack, heldBy } from '../overlay.ts'
import { stepsOf } from '../steps-of.ts'
import { inOverlay, type ReadinessFinding, type Surroundings } from './finding.ts'

export function placeFindings({ pack, places }: EffectivePack, { isConsented }: Surroundings): ReadinessFinding[] {
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

export function targetFindings({ pack, places, targets }: EffectivePack): ReadinessFinding[] {
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

export function parameterFindings(effective: EffectivePack, { credentials }: Surroundings): ReadinessFinding[] {
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
