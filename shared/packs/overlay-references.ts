import { timeThere } from '../people/contact.ts'
import { typedSecrets, secretWords } from '../redaction/typed.ts'
import { routeFits } from '../targets/binding.ts'
import { type Overlay, type OverlayPart, overlayShapeSchema } from './overlay-shape.ts'
import type { Pack, Parameter } from './pack.ts'
import { each, missing, type Named, one, type Problem } from './problem.ts'
import type { Path } from './steps-of.ts'

/**
 * An overlay that fits the packs at hand: it names nothing that they do not have, nothing twice, and holds no secret.
 * `params.valid` of an issue lists what could have stood at its place.
 */
export function overlaySchemaFor(packs: readonly Pack[]) {
  return overlayShapeSchema.superRefine((overlay, context) => {
    for (const { path, message, valid = [] } of overlayProblems(overlay, packs)) {
      context.addIssue({ code: 'custom', path: [...path], message, params: { valid: [...valid] } })
    }
  })
}

/** An overlay for itself, whatever packs there are: one that holds a secret, or says yes for somebody, is none. */
export const overlaySchema = overlayShapeSchema.superRefine((overlay, context) => {
  for (const { path, message } of [...secretProblems(overlay, []), ...consentProblems(overlay)]) {
    context.addIssue({ code: 'custom', path: [...path], message, params: { valid: [] } })
  }
})

/** What of an overlay does not fit the packs at hand. */
export function overlayProblems(overlay: Overlay, packs: readonly Pack[]): Problem[] {
  return [
    ...twice(overlay.people, ({ id }) => id, ['people'], 'id'),
    ...twice(overlay.regulatory, ({ id }) => id, ['regulatory'], 'id'),
    ...twice(overlay.packs, ({ pack }) => pack, ['packs'], 'pack'),
    ...missing(
      'a pack that is not at this desk',
      packs.map(({ id }) => id),
      overlay.packs.map(({ pack }, i): Named => [pack, ['packs', i, 'pack']]),
    ).map(said('names a pack that is not at this desk')),
    ...zoneProblems(overlay, []),
    ...overlay.packs.flatMap((part, i) => {
      const pack = packs.find(({ id }) => id === part.pack)
      const path: Path = ['packs', i]
      return [
        ...zoneProblems(part, path),
        ...personProblems(overlay, part, path),
        ...(pack === undefined ? [] : partProblems(overlay, part, pack, path)),
      ]
    }),
    ...secretProblems(overlay, []),
    ...consentProblems(overlay),
  ]
}

/** A file travels, and with it would the consent that a person gives at one machine. */
function consentProblems({ packs }: Overlay): Problem[] {
  const message = 'is for a person at the machine to say: type `muster targets bind` there'
  return packs.flatMap(({ places }, i) =>
    places.flatMap(({ is }, j): Problem[] =>
      is.at === 'this-machine' ? [{ path: ['packs', i, 'places', j, 'is', 'at'], message }] : [],
    ),
  )
}

/**
 * Where an overlay writes down the value of a parameter that a pack at hand keeps secret, which no rule for texts can know;
 * null where it does not. Such a one is never put in force: its bytes would go into the record.
 */
export function writtenSecret(overlay: Overlay, packs: readonly Pack[]): { pack: string; parameter: string } | null {
  const written = overlay.packs.flatMap(({ pack, parameters }) => {
    const secret = packs.find(({ id }) => id === pack)?.parameters.filter((one) => one.secret) ?? []
    return parameters
      .filter((row) => row.value !== undefined || row.values !== undefined)
      .filter((row) => secret.some(({ id }) => id === row.parameter))
      .map(({ parameter }) => ({ pack, parameter }))
  })
  return written[0] ?? null
}

const ids = (items: readonly { readonly id: string }[]): string[] => items.map(({ id }) => id)

const said =
  (message: string) =>
  (problem: Problem): Problem => ({ ...problem, message })

function twice<Row>(rows: readonly Row[], keyOf: (row: Row) => string | undefined, path: Path, key: string): Problem[] {
  const seen = new Set<string>()
  return rows.flatMap((row, i) => {
    const id = keyOf(row)
    if (id === undefined) return []
    const again = seen.has(id)
    seen.add(id)
    return again ? [{ path: [...path, i, key], message: 'stands twice in its list' }] : []
  })
}

function zoneProblems({ businessHours }: Pick<Overlay, 'businessHours'>, path: Path): Problem[] {
  if (businessHours === undefined || timeThere(businessHours.timeZone, 0) !== null) return []
  return [{ path: [...path, 'businessHours', 'timeZone'], message: 'is no time zone such as Europe/Berlin' }]
}

function personProblems({ people }: Overlay, part: OverlayPart, path: Path): Problem[] {
  const named = [
    ...part.contacts.flatMap((row, i) => each(row.people, [...path, 'contacts', i, 'people'])),
    ...part.approvers.flatMap((row, i) => each(row.people, [...path, 'approvers', i, 'people'])),
  ]
  return missing('', ids(people), named).map(said('names somebody who is not among `people`'))
}

function partProblems(overlay: Overlay, part: OverlayPart, pack: Pack, path: Path): Problem[] {
  const at = (list: keyof OverlayPart, i: number, key: string): Path => [...path, list, i, key]
  /** The rows of a list name items of the pack, each once. */
  const rows = <Row>(
    what: string,
    list: keyof OverlayPart,
    [items, valid]: readonly [readonly Row[], readonly string[]],
    [key, keyOf]: readonly [string, (row: Row) => string | undefined],
  ): Problem[] => [
    ...missing(
      what,
      valid,
      items.flatMap((row, i) => one(keyOf(row), at(list, i, key))),
    ),
    ...twice(items, keyOf, [...path, list], key),
  ]
  return [
    ...rows('a role', 'contacts', [part.contacts, ids(pack.roles)], ['role', ({ role }) => role]),
    ...rows('an approval', 'approvers', [part.approvers, ids(pack.approvals)], ['approval', (row) => row.approval]),
    ...missing(
      'a role',
      ids(pack.roles),
      part.approvers.flatMap(({ roles = [] }, i) =>
        roles.flatMap((any, j) => each(any, [...at('approvers', i, 'roles'), j])),
      ),
    ),
    ...rows('a severity', 'severities', [part.severities, ids(pack.severities)], ['severity', (row) => row.severity]),
    ...rows('a rule', 'cadence', [part.cadence, ids(pack.cadence)], ['cadence', ({ cadence }) => cadence]),
    ...cadenceProblems(part, pack, path),
    ...rows(
      'a threshold',
      'thresholds',
      [part.thresholds, ids(pack.thresholds)],
      ['threshold', (row) => row.threshold],
    ),
    ...rows(
      'a notification',
      'notifications',
      [part.notifications, ids(pack.notifications)],
      ['notification', (row) => row.notification],
    ),
    ...rows('a drill', 'drills', [part.drills, ids(pack.drills)], ['drill', ({ drill }) => drill]),
    ...rows('a routine', 'routines', [part.routines, ids(pack.routines)], ['routine', ({ routine }) => routine]),
    ...rows(
      'a parameter',
      'parameters',
      [part.parameters, ids(pack.parameters)],
      ['parameter', (row) => row.parameter],
    ),
    ...part.parameters.flatMap((row, i) => parameterProblems(row, pack, [...path, 'parameters', i])),
    ...rows('a place', 'places', [part.places, ids(pack.places)], ['place', ({ place }) => place]),
    ...rows('a target', 'targets', [part.targets, ids(pack.targets)], ['target', ({ target }) => target]),
    ...targetProblems(part, pack, path),
    ...dutyProblems(overlay, part, pack, path),
  ]
}

function cadenceProblems(part: OverlayPart, pack: Pack, path: Path): Problem[] {
  return part.cadence.flatMap(({ cadence, severities }, i): Problem[] => {
    const at = [...path, 'cadence', i]
    if ((cadence === undefined) === (severities === undefined)) {
      return [{ path: at, message: 'names either one of the rules of the pack (`cadence`) or `severities`, not both' }]
    }
    return missing('a severity', ids(pack.severities), each(severities ?? [], [...at, 'severities']))
  })
}

function parameterProblems(row: OverlayPart['parameters'][number], pack: Pack, path: Path): Problem[] {
  const parameter = pack.parameters.find(({ id }) => id === row.parameter)
  const given = (['value', 'values', 'credential'] as const).filter((key) => row[key] !== undefined)
  const [key] = given
  if (key === undefined || given.length > 1) {
    return [{ path, message: 'needs one of `value`, `values` and `credential`' }]
  }
  if (parameter === undefined) return []
  const wanted = parameter.secret ? 'credential' : parameter.list ? 'values' : 'value'
  // Told of the row, so that no message quotes a secret.
  if (key !== wanted) return [{ path, message: wrongKey[wanted] }]
  const values = row.values ?? (row.value === undefined ? [] : [row.value])
  return values.flatMap((value, i) =>
    valueProblems(parameter, value, row.values === undefined ? [...path, key] : [...path, key, i]),
  )
}

const wrongKey = {
  credential: 'writes a secret down: name a `credential` of the vault instead',
  values: 'is of a list: write `values`',
  value: 'is of a plain parameter: write `value`',
} as const

function valueProblems({ type, choices }: Parameter, value: string, path: Path): Problem[] {
  if (type === 'choice')
    return choices.includes(value) ? [] : [{ path, message: 'is not one of the choices', valid: choices }]
  const form = forms[type]
  return form === undefined || form.fits.test(value) ? [] : [{ path, message: form.message }]
}

const forms: Readonly<Partial<Record<Parameter['type'], { readonly fits: RegExp; readonly message: string }>>> = {
  number: { fits: /^-?\d{1,15}(\.\d{1,15})?$/, message: 'is not a number' },
  url: { fits: /^[a-z][a-z0-9+.-]{1,30}:\/\/\S+$/i, message: 'is not a URL such as https://shop.example' },
  domain: { fits: /^[a-z0-9][a-z0-9.-]*$/i, message: 'is not a name such as shop.example' },
}

function targetProblems(part: OverlayPart, pack: Pack, path: Path): Problem[] {
  const named = part.targets.flatMap(({ is }, i) => one(is.place, [...path, 'targets', i, 'is', 'place']))
  const routes = part.targets.flatMap(({ target, is }, i): Problem[] => {
    const through = is.place ?? pack.targets.find(({ id }) => id === target)?.place
    const bound = part.places.find(({ place }) => place === through)?.is ?? null
    if (routeFits(is.route, bound)) return []
    const where =
      through === undefined
        ? 'no place is named'
        : `'${through}' is ${bound === null ? 'not bound' : `bound at ${bound.at}`}`
    return [{ path: [...path, 'targets', i, 'is', 'route'], message: `does not lead through its place: ${where}` }]
  })
  return [...missing('a place', ids(pack.places), named), ...routes]
}

/** Duties to authorities are told apart by their ids. */
function dutyProblems(overlay: Overlay, part: OverlayPart, pack: Pack, path: Path): Problem[] {
  const taken = new Set(ids(pack.regulatory))
  const lists = [
    [part.regulatory, [...path, 'regulatory']],
    [overlay.regulatory, ['regulatory']],
  ] as const
  return [
    ...twice(part.regulatory, ({ id }) => id, [...path, 'regulatory'], 'id'),
    ...lists.flatMap(([duties, at]) =>
      duties.flatMap(({ id }, i): Problem[] =>
        taken.has(id) ? [{ path: [...at, i, 'id'], message: `is a duty that the pack ${pack.id} has already` }] : [],
      ),
    ),
  ]
}

/** Told at the map or list that holds it, so that no message quotes it. */
function secretProblems(value: unknown, path: Path): Problem[] {
  if (typeof value !== 'object' || value === null) return []
  const below: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return below.flatMap(([key, inner]): Problem[] => {
    if (typeof inner !== 'string') return secretProblems(inner, [...path, key])
    const [found] = typedSecrets(inner)
    const message = `holds what looks like ${secretWords(found?.rule ?? '')}: name a credential of the vault instead`
    return found === undefined ? [] : [{ path, message }]
  })
}
