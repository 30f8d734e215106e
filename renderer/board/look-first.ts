import { defaultPack } from '../declare/default-pack.ts'
import { engineFor } from '../findings/engines-store.ts'
import type { Stores } from '../stores.ts'
import { boardWords } from '../words/board.ts'
import { minuteOfDay, zoneName } from '../words/time.ts'

/** So long the incident waits for the name of an engine; the sweep itself may begin later. */
const ENGINE_WITHIN_MS = 1_000

/** Those that are being opened: a second press is the same wish. */
const opening = new WeakSet<Stores>()

/**
 * Opens an unconfirmed incident at once, under a title that says what is looked at and since when, and starts to sweep. Where
 * that is refused, the form to declare stands there filled in.
 */
export async function lookFirst(stores: Stores): Promise<void> {
  if (opening.has(stores)) return
  opening.add(stores)
  try {
    await open(stores)
  } finally {
    opening.delete(stores)
  }
}

async function open(stores: Stores): Promise<void> {
  const { board, declaration, desk, engines, now, preferences, rooms, sweeps, view } = stores
  const isStill = view.mark()
  const looking = engines.store.getState().live.endpoints.length === 0 ? engines.look('live') : Promise.resolve()
  await Promise.race([looking, new Promise((resolve) => setTimeout(resolve, ENGINE_WITHIN_MS))])
  const known = desk.store.getState().desk
  const { zone } = preferences.store.getState()
  const time = `${minuteOfDay(now.store.getState().nowMs, zone)} ${zoneName(zone)}`
  const title = boardWords.look.incident(spoken(engine(stores)?.name ?? null), time)
  const pack = defaultPack(board.store.getState().rows ?? [], known?.packs ?? [])
  const filled = { title, unconfirmed: true, stage: 'what' } as const
  const declared =
    pack === null
      ? null
      : await rooms.declare({
          ...{
            pack,
            title,
            mode: 'live',
            unconfirmed: true,
            detectedAt: null,
            severity: null,
            answers: {},
            reason: null,
          },
          commander: known?.operator?.name ?? null,
        })
  if (declared === null || !declared.ok) {
    // Who declares something else meanwhile keeps what they typed, and stays where they are.
    if (declaration.store.getState().title === '') declaration.set(filled)
    if (isStill()) view.show({ name: 'declare' })
    return
  }
  const { id } = declared.value
  if (isStill()) view.show({ name: 'incident', id })
  await looking
  const found = engine(stores)
  if (found !== null) await sweeps.start(id, found.id, found.name)
}

function engine({ engines }: Stores) {
  return engineFor(engines.store.getState().live.endpoints, undefined, undefined)
}

/** What people would call the engine: an address alone says little in a title. */
function spoken(name: string | null): string | null {
  if (name === null || !name.includes('://')) return name
  return /^(?:unix|npipe):/.test(name) ? boardWords.look.thisMachine : name.replace(/^[a-z0-9+.-]+:\/\//i, '')
}
