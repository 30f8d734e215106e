import type { PlaceBinding, TargetBinding } from '../targets/binding.ts'
import type { Overlay, OverlayPart, OverlayPerson } from './overlay-shape.ts'
import type { Pack } from './pack.ts'

/** Something that the overlay says and not the runbook. */
export interface Yours {
  /** Where it stands in the pack, as `itemsOf` writes it: `severities[0].respondWithinMinutes`. */
  readonly path: string
  /** What the overlay says there, in words. */
  readonly says: string
  /** What the runbook says there, in words; null where it leaves it open. */
  readonly runbook: string | null
}

/**
 * A pack as an organisation uses it. `pack` holds the overlay's values in the places of the pack; what has no place there
 * stands beside it, by the pack's own ids. Plain data.
 */
export interface EffectivePack {
  readonly pack: Pack
  readonly overlay: { readonly id: string; readonly title: string } | null
  /** Who stands behind a role. */
  readonly people: Readonly<Record<string, readonly OverlayPerson[]>>
  /** Who says yes to what, by approval. */
  readonly approvers: Readonly<Record<string, readonly OverlayPerson[]>>
  readonly values: Readonly<Record<string, string | readonly string[]>>
  /** Names of credentials in the vault, by secret parameter. */
  readonly credentials: Readonly<Record<string, string>>
  readonly places: Readonly<Record<string, PlaceBinding>>
  readonly targets: Readonly<Record<string, TargetBinding>>
  /** In the pack's order of keys. */
  readonly yours: readonly Yours[]
}

/**
 * Fills a pack with what an organisation says of it; without an overlay all is the runbook's. What the overlay names and
 * the pack does not have is left out: `reportOverlay` tells of it. Pure; the pack itself stays as it is.
 */
export function applyOverlay(pack: Pack, overlay: Overlay | null): EffectivePack {
  if (overlay === null) return bare(pack)
  const part = overlay.packs.find((one) => one.pack === pack.id) ?? null
  const filling = new Filling()
  const people = peopleOf(overlay)
  const filled = part === null ? pack : fillPart(pack, part, people, filling)
  return {
    pack: fillGeneral(filled, overlay, part, filling),
    overlay: { id: overlay.id, title: overlay.title },
    ...(part === null ? beside : besideOf(pack, part, people, filling)),
    yours: filling.yours,
  }
}

/** With what this desk binds for itself, which goes before what the overlay says of places and targets. */
export function withBindings(
  effective: EffectivePack,
  { places, targets }: Pick<EffectivePack, 'places' | 'targets'>,
): EffectivePack {
  return {
    ...effective,
    places: { ...effective.places, ...places },
    targets: { ...effective.targets, ...targets },
  }
}

/** Whose value stands at a path of the effective pack, as `itemsOf` writes paths; a part of it is as its whole. */
export function originOf({ yours }: Pick<EffectivePack, 'yours'>, path: string): 'runbook' | 'yours' {
  const isYours = yours.some(
    (one) => path === one.path || path.startsWith(`${one.path}.`) || path.startsWith(`${one.path}[`),
  )
  return isYours ? 'yours' : 'runbook'
}

/** The value under an id of one of the effective pack's records; null where there is none, whatever the id is called. */
export function heldBy<T>(record: Readonly<Record<string, T>>, id: string): T | null {
  return Object.hasOwn(record, id) ? (record[id] ?? null) : null
}

const beside = { people: {}, approvers: {}, values: {}, credentials: {}, places: {}, targets: {} } as const

function bare(pack: Pack): EffectivePack {
  return { pack, overlay: null, ...beside, yours: [] }
}

type People = ReadonlyMap<string, OverlayPerson>

function peopleOf(overlay: Overlay): People {
  return new Map(overlay.people.map((person) => [person.id, person]))
}

/** Puts values into items and remembers where. */
class Filling {
  readonly yours: Yours[] = []

  /** The item with the values that are given (not undefined), at its path. */
  set<Item extends object>(
    path: string,
    item: Item,
    values: { readonly [Key in keyof Item]?: Item[Key] | undefined },
  ): Item {
    const given = Object.entries(values).filter(([, value]) => value !== undefined)
    for (const [key, value] of given) {
      const before = (item as Readonly<Record<string, unknown>>)[key]
      if (JSON.stringify(before) !== JSON.stringify(value)) this.mark(`${path}.${key}`, value, before)
    }
    return { ...item, ...Object.fromEntries(given) }
  }

  /** A list whose items are filled by those of the overlay's rows that name them. */
  rows<Item extends { readonly id: string }, Row>(
    list: string,
    items: readonly Item[],
    rows: readonly Row[],
    fill: (row: Row) => readonly [id: string, values: { readonly [Key in keyof Item]?: Item[Key] | undefined }],
  ): Item[] {
    const byId = new Map(rows.map(fill))
    return items.map((item, i) => {
      const values = byId.get(item.id)
      return values === undefined ? item : this.set(`${list}[${i}]`, item, values)
    })
  }

  /** What stands beside a list's items, by their ids; each that has a value is marked under `key`. */
  held<T>(
    list: string,
    items: readonly { readonly id: string }[],
    key: string,
    valueOf: (id: string) => T | undefined,
  ): Record<string, T> {
    const entries = items.flatMap(({ id }, i): [string, T][] => {
      const value = valueOf(id)
      if (value === undefined) return []
      this.mark(`${list}[${i}].${key}`, value)
      return [[id, value]]
    })
    return Object.fromEntries(entries)
  }

  mark(path: string, says: unknown, runbook: unknown = null): void {
    const isOpen = runbook === null || runbook === undefined || (Array.isArray(runbook) && runbook.length === 0)
    this.yours.push({ path, says: inWords(says), runbook: isOpen ? null : inWords(runbook) })
  }
}

function inWords(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map(inWords).join(', ')
  if (typeof value !== 'object' || value === null) return String(value)
  // Of people their names: addresses are shown where they are asked for.
  if ('name' in value && typeof value.name === 'string') return value.name
  return Object.entries(value)
    .map(([key, below]) => `${key} ${inWords(below)}`)
    .join(', ')
}

function fillPart(pack: Pack, part: OverlayPart, people: People, filling: Filling): Pack {
  return {
    ...pack,
    severities: filling.rows('severities', pack.severities, part.severities, ({ severity, ...values }) => [
      severity,
      values,
    ]),
    thresholds: filling.rows('thresholds', pack.thresholds, part.thresholds, ({ threshold, ...values }) => [
      threshold,
      values,
    ]),
    contacts: fillContacts(pack, part, people, filling),
    notifications: filling.rows('notifications', pack.notifications, part.notifications, (row) => [
      row.notification,
      { withinMinutes: row.withinMinutes },
    ]),
    approvals: filling.rows('approvals', pack.approvals, part.approvers, ({ approval, roles }) => [
      approval,
      { roles },
    ]),
    routines: filling.rows('routines', pack.routines, part.routines, ({ routine, every }) => [routine, { every }]),
    drills: filling.rows('drills', pack.drills, part.drills, ({ drill, every }) => [drill, { every }]),
    cadence: fillCadence(pack, part, filling),
    postMortem: filling.set('postMortem', pack.postMortem, part.postMortem ?? {}),
  }
}

/** The people's addresses stand behind those of the runbook; a role that the runbook lists no contact for gets one. */
function fillContacts(pack: Pack, part: OverlayPart, people: People, filling: Filling): Pack['contacts'] {
  const known = new Set(pack.roles.map(({ id }) => id))
  const bare = part.contacts
    .filter(({ role }) => known.has(role) && !pack.contacts.some((contact) => contact.role === role))
    .map(({ role }) => ({ role, responsibility: null, trigger: null, addresses: [], covers: [] }))
  return [...pack.contacts, ...bare].map((contact, i) => {
    const row = part.contacts.find(({ role }) => role === contact.role)
    const addresses = (row?.people ?? []).flatMap((id) => people.get(id)?.addresses ?? [])
    if (i >= pack.contacts.length) filling.mark(`contacts[${i}]`, addresses.length === 0 ? contact.role : addresses)
    else {
      for (const [j, { value }] of addresses.entries())
        filling.mark(`contacts[${i}].addresses[${contact.addresses.length + j}]`, value)
    }
    return { ...contact, addresses: [...contact.addresses, ...addresses] }
  })
}

function fillCadence(pack: Pack, part: OverlayPart, filling: Filling): Pack['cadence'] {
  const named = part.cadence.flatMap(({ cadence, updateWithinMinutes }) =>
    cadence === undefined ? [] : [{ cadence, updateWithinMinutes }],
  )
  const own = part.cadence.flatMap(({ severities, updateWithinMinutes }, i) =>
    severities === undefined ? [] : [{ id: `yours-${i + 1}`, severities, updateWithinMinutes }],
  )
  const filled = filling.rows('cadence', pack.cadence, named, ({ cadence, updateWithinMinutes }) => [
    cadence,
    { updateWithinMinutes },
  ])
  for (const [i, { severities, updateWithinMinutes }] of own.entries())
    filling.mark(`cadence[${filled.length + i}]`, `${severities.join(', ')} every ${updateWithinMinutes} minutes`)
  return [
    ...filled,
    ...own.map(({ id, severities, updateWithinMinutes }) => ({
      id,
      severities,
      after: 'update' as const,
      updateWithinMinutes,
      rule: `Your own: an update every ${updateWithinMinutes} minutes.`,
      covers: [],
    })),
  ]
}

/** What an organisation says for all packs, with the part for this one before it. */
function fillGeneral(pack: Pack, overlay: Overlay, part: OverlayPart | null, filling: Filling): Pack {
  const hours = part?.businessHours ?? overlay.businessHours
  const callouts = { ...overlay.callouts, ...part?.callouts }
  const taken = new Set(pack.regulatory.map(({ id }) => id))
  const duties = [...(part?.regulatory ?? []), ...overlay.regulatory].filter(({ id }) => {
    const isNew = !taken.has(id)
    taken.add(id)
    return isNew
  })
  for (const [i, duty] of duties.entries()) filling.mark(`regulatory[${pack.regulatory.length + i}]`, duty.title)
  if (hours !== undefined) filling.mark('businessHours', hours, pack.businessHours)
  const open = { answerWithinMinutes: null, tries: null, againAfterMinutes: null }
  return {
    ...pack,
    ...(hours === undefined ? {} : { businessHours: hours }),
    ...(Object.keys(callouts).length === 0
      ? {}
      : { callouts: filling.set('callouts', pack.callouts ?? open, callouts) }),
    regulatory: [...pack.regulatory, ...duties],
  }
}

type Beside = Pick<EffectivePack, 'people' | 'approvers' | 'values' | 'credentials' | 'places' | 'targets'>

function besideOf(pack: Pack, part: OverlayPart, people: People, filling: Filling): Beside {
  const named = (ids: readonly string[] = []) => {
    const found = ids.flatMap((id) => people.get(id) ?? [])
    return found.length === 0 ? undefined : found
  }
  const row = (id: string) => part.parameters.find(({ parameter }) => parameter === id)
  const secret = new Set(pack.parameters.flatMap((one) => (one.secret ? [one.id] : [])))
  return {
    people: filling.held('roles', pack.roles, 'people', (id) =>
      named(part.contacts.find(({ role }) => role === id)?.people),
    ),
    approvers: filling.held('approvals', pack.approvals, 'people', (id) =>
      named(part.approvers.find(({ approval }) => approval === id)?.people),
    ),
    values: filling.held('parameters', pack.parameters, 'value', (id) =>
      secret.has(id) ? undefined : (row(id)?.value ?? row(id)?.values),
    ),
    credentials: filling.held('parameters', pack.parameters, 'credential', (id) =>
      secret.has(id) ? row(id)?.credential : undefined,
    ),
    places: filling.held('places', pack.places, 'binding', (id) => part.places.find(({ place }) => place === id)?.is),
    targets: filling.held(
      'targets',
      pack.targets,
      'binding',
      (id) => part.targets.find(({ target }) => target === id)?.is,
    ),
  }
}
