import { escalationMatrix, turnOf } from '../clocks/escalation/matrix.ts'
import { type EffectivePack, heldBy } from '../packs/overlay.ts'
import type { EscalationEdge } from '../packs/pack.ts'
import type { Contact } from './contact.ts'
import { type Reachable, reachOf, type Way } from './reach.ts'

/** What stands on a contact card. */
export interface CardFacts {
  /** The pack as the organisation uses it, and the sha256 of its file. */
  readonly effective: EffectivePack
  readonly packHash: string
  /** The sha256 of the overlay's file; null without one. */
  readonly overlayHash: string | null
  readonly contacts: readonly Contact[]
  /** ISO UTC. */
  readonly madeAt: string
  readonly version: string
}

/** A line of the card: a head, what is called (large), words, or small print. */
export interface CardLine {
  readonly as: 'head' | 'name' | 'number' | 'words' | 'small'
  readonly text: string
}

/** How much a panel of a paper holds: characters in a line, lines. */
export interface PanelSize {
  readonly columns: number
  readonly lines: number
}

type Block = readonly CardLine[]

/**
 * The lines of a contact card, in panels that fit: what it is and how old, whom to call in which order for each severity, who
 * stands behind each role with every number, further contacts with their contract numbers, links. Nothing is left out: what
 * does not fit goes on in the next panel. Pure.
 */
export function cardPanels(facts: CardFacts, size: PanelSize): CardLine[][] {
  const panels: CardLine[][] = [[]]
  let room = size.lines
  const turn = () => {
    if (panels.at(-1)?.length !== 0) panels.push([])
    room = size.lines
  }
  for (const section of [[front(facts)], orders(facts), roles(facts), others(facts), links(facts)]) {
    if (section.length === 0) continue
    for (const block of section) {
      const height = heightOf(block, size)
      if (height > room && height <= size.lines) turn()
      for (const line of block) {
        const rows = rowsOf(line, size)
        if (rows > room) turn()
        panels.at(-1)?.push(line)
        room -= rows
      }
    }
    // Each section begins on a panel of its own, so that it is found by turning.
    turn()
  }
  return panels.filter((panel) => panel.length > 0)
}

function rowsOf({ text, as }: CardLine, { columns }: PanelSize): number {
  const wide = as === 'head' || as === 'number' ? 1.25 : 1
  const space = as === 'head' ? 0.6 : as === 'name' ? 0.3 : 0
  return Math.max(1, Math.ceil((text.length * wide) / columns)) + space
}

function heightOf(block: Block, size: PanelSize): number {
  return block.reduce((sum, line) => sum + rowsOf(line, size), 0)
}

function front({ effective, packHash, overlayHash, contacts, madeAt, version }: CardFacts): Block {
  const { pack, overlay } = effective
  return [
    { as: 'head', text: overlay === null ? 'Contact card' : `Contact card: ${overlay.title}` },
    { as: 'name', text: `Made ${madeAt.slice(0, 16).replace('T', ' ')} UTC` },
    { as: 'words', text: `Runbook: ${pack.title} ${pack.version}` },
    { as: 'small', text: `sha256 ${packHash.slice(0, 16)}` },
    ...(overlay === null
      ? [{ as: 'words' as const, text: 'No overlay: the roles below have no names but those of the contacts.' }]
      : [
          { as: 'words' as const, text: `Overlay: ${overlay.id}` },
          { as: 'small' as const, text: `sha256 ${(overlayHash ?? '').slice(0, 16)}` },
        ]),
    { as: 'words', text: `${contacts.length} contacts, of which the newest was confirmed ${newest(contacts)}.` },
    { as: 'name', text: 'Numbers in the clear. Keep it on you. Shred the old one when you print a new one.' },
    { as: 'small', text: `Muster ${version}. Log each call when you are back at a desk: muster call INCIDENT ROLE.` },
  ]
}

function newest(contacts: readonly Contact[]): string {
  const last = contacts
    .map(({ confirmedAt }) => confirmedAt)
    .toSorted()
    .at(-1)
  return last === undefined ? 'never' : last.slice(0, 10)
}

/** For each severity whom to call, who is called at once first. Severities and types that call the same people stand together. */
function orders({ effective: { pack }, madeAt }: CardFacts): Block[] {
  const edgeOf = (id: string) => pack.escalation.find((edge) => edge.id === id)
  const cells = escalationMatrix(pack, Date.parse(madeAt)).map(({ severity, type, calls }) => {
    const inTurn = calls.toSorted((a, b) => turnIn(edgeOf(a.edge)) - turnIn(edgeOf(b.edge)))
    const lines = inTurn.map(
      ({ title, after, onCall }, at): CardLine => ({
        as: 'words',
        text: `${at + 1}. ${title}: ${after}${onCall.said === '' ? '' : ` (${onCall.said})`}`,
      }),
    )
    return { severity, type, lines }
  })
  const called = cells.filter(({ lines }) => lines.length > 0)
  const groups = Map.groupBy(called, ({ type, lines }) => JSON.stringify([type, lines]))
  const blocks = [...groups.values()].map((same): Block => {
    const codes = same.map(({ severity }) => pack.severities.find(({ id }) => id === severity)?.code ?? severity)
    const type = pack.incidentTypes.find(({ id }) => id === same[0]?.type)?.title
    return [
      { as: 'name', text: `${codes.join(', ')}${type === undefined ? '' : ` · ${type}`}` },
      ...(same[0]?.lines ?? []),
    ]
  })
  const commands = pack.commander.map(
    ({ severities, roles: may }): CardLine => ({
      as: 'words',
      text: `${severities.map((one) => pack.severities.find(({ id }) => id === one)?.code ?? one).join(', ')}: ${may
        .map((one) => pack.roles.find(({ id }) => id === one)?.title ?? one)
        .join(' or ')}`,
    }),
  )
  const command: Block[] = commands.length === 0 ? [] : [[{ as: 'name', text: 'Who commands' }, ...commands]]
  return headed('In this order', [...blocks, ...command], 'The runbook states no order.')
}

function turnIn(edge: EscalationEdge | undefined): number {
  return edge === undefined ? 0 : turnOf(edge)
}

function roles({ effective, contacts }: CardFacts): Block[] {
  const reach = reachOf({ effective, contacts, vault: 'open', self: null })
  const blocks = effective.pack.roles.map(({ id, title }): Block => {
    const people = heldBy(reach.roles, id) ?? []
    const own = effective.pack.contacts.find(({ role }) => role === id)?.addresses ?? []
    const written = own.filter(({ value }) => !people.some(({ ways }) => ways.some(({ address }) => address === value)))
    return [
      { as: 'name', text: title },
      ...(people.length === 0
        ? [{ as: 'words' as const, text: 'name unknown: ____________________' }]
        : people.flatMap(linesOf)),
      ...written.map(({ means, value }): CardLine => ({ as: 'number', text: `${means} ${value}` })),
    ]
  })
  return headed('Roles', blocks, 'The runbook states no roles.')
}

function linesOf({ name, ways, timeZone, onCall, contract }: Omit<Reachable, 'numbers' | 'contact'>): CardLine[] {
  const said = [onCall, timeZone ?? '', contract === '' ? '' : `contract ${contract}`].filter((one) => one !== '')
  return [
    { as: 'words', text: name },
    ...ways.map(
      ({ means, address, label }: Way): CardLine => ({
        as: 'number',
        text: `${means} ${address}${label === '' ? '' : ` (${label})`}`,
      }),
    ),
    ...(said.length === 0 ? [] : [{ as: 'small' as const, text: said.join(' · ') }]),
  ]
}

/** Contacts who stand behind no role of the runbook: vendors, authorities, neighbours. */
function others({ effective, contacts }: CardFacts): Block[] {
  const reach = reachOf({ effective, contacts, vault: 'open', self: null })
  const shown = new Set(Object.values(reach.roles).flatMap((people) => people.map(({ contact }) => contact)))
  const blocks = contacts
    .filter(({ id }) => !shown.has(id))
    .toSorted((a, b) => Number(b.contract !== '') - Number(a.contract !== '') || (a.name < b.name ? -1 : 1))
    .map(
      ({ name, role, organisation, means, timeZone, onCall, contract, confirmedAt }): Block => [
        { as: 'name', text: [name, organisation].filter((one) => one !== '').join(', ') },
        ...linesOf({
          name: role === '' ? 'no role written down' : role,
          ways: means.map(({ kind, address, label }) => ({ means: kind, address, label, url: null })),
          ...{ timeZone, onCall, contract, confirmedAt },
        }),
      ],
    )
  return blocks.length === 0 ? [] : headed('Vendors and others', blocks, '')
}

/** What the overlay fills in as an address: bridges, status pages. */
function links({ effective: { pack, values } }: CardFacts): Block[] {
  const found = pack.parameters.flatMap(({ id, title }): CardLine[] => {
    const value = heldBy(values, id) ?? []
    const texts = (typeof value === 'string' ? [value] : value).filter((one) => /^(?:https?|tel|sms|mailto):/.test(one))
    return texts.length === 0
      ? []
      : [{ as: 'words', text: title }, ...texts.map((text): CardLine => ({ as: 'number', text }))]
  })
  const shown = [
    ...new Set(
      pack.contactMethods.flatMap(({ title, address }) => (address === undefined ? [] : [`${title}: ${address}`])),
    ),
  ]
  const ways = shown.map((text): CardLine => ({ as: 'words', text }))
  return found.length + ways.length === 0 ? [] : [[{ as: 'head', text: 'Bridges and pages' }, ...found, ...ways]]
}

function headed(title: string, blocks: readonly Block[], empty: string): Block[] {
  const [first = [{ as: 'words' as const, text: empty }], ...rest] = blocks
  return [[{ as: 'head', text: title }, ...first], ...rest]
}
