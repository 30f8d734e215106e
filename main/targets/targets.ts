import { homedir, hostname } from 'node:os'
import { nearest } from '../../shared/packs/nearest.ts'
import { type Refusal, RefusalError, refuse } from '../../shared/refusal.ts'
import type { Target } from '../../shared/packs/place-shape.ts'
import { holdsSecret } from '../../shared/targets/address.ts'
import { consentWords, isConsented, type Route, routeFits, standingPlaces } from '../../shared/targets/binding.ts'
import type { Bind, PackBindings, TargetTest, Unbind } from '../../shared/targets/calls.ts'
import type { LoadedPack } from '../packs/pack-file.ts'
import { accessTo } from '../docker/access.ts'
import { connectingMs } from '../docker/address.ts'
import { ask } from '../docker/ask.ts'
import { CallPlan, deadlinesWith } from '../docker/calls.ts'
import { createEngineClient } from '../docker/engine-client.ts'
import { addressOf } from '../docker/host-address.ts'
import type { SweepService } from '../sweeps/sweep-service.ts'
import { BindingStore } from './binding-store.ts'
import { testTarget } from './test-target.ts'

type Loaded = Pick<LoadedPack, 'pack' | 'hash'>

/** Places and targets of packs: what each is bound to, and whether it answers there. */
export class Targets {
  readonly #store: BindingStore
  readonly #packOf: (id: string) => Loaded
  readonly #findEngine: SweepService['findEndpoint']
  readonly #filled: (pack: string) => Promise<PackBindings>

  /** `packOf` refuses (`not-found`) an id that no pack has; `filled` tells what the overlay in force binds. */
  constructor(parts: {
    folder: string
    packOf: (id: string) => Loaded
    findEngine: SweepService['findEndpoint']
    filled?: (pack: string) => Promise<PackBindings>
  }) {
    this.#store = new BindingStore(parts.folder)
    this.#packOf = parts.packOf
    this.#findEngine = parts.findEngine
    this.#filled = parts.filled ?? (async () => ({ places: {}, targets: {} }))
  }

  /** The name by which people consent to this machine. */
  get machine(): string {
    return hostname()
  }

  async list(pack: string): Promise<PackBindings> {
    this.#packOf(pack)
    return this.#read(pack)
  }

  /** Refuses what the pack does not hold, this machine without its words, and an address with a password in it. */
  async bind(bind: Bind): Promise<void> {
    const { pack, hash } = this.#packOf(bind.pack)
    const tried = `Bind '${bind.id}' of ${pack.title}`
    if (bind.is === 'place') {
      named(pack.places, bind.id, tried)
      if (!isConsented(bind.id, bind.binding, this.machine)) throw noConsent(tried, consentWords(bind.id, this.machine))
      const { binding } = bind
      return this.#store.bind(
        binding.at === 'this-machine' ? { ...bind, binding: { ...binding, packHash: hash } } : bind,
      )
    }
    const target = named(pack.targets, bind.id, tried)
    const { address, place, route } = bind.binding
    if (address !== undefined && holdsSecret(address)) throw secretInAddress(tried)
    if (place !== undefined) named(pack.places, place, tried)
    await this.#refuseRoute({ pack: bind.pack, place: place ?? target.place ?? null, route, tried })
    return this.#store.bind(bind)
  }

  async unbind(unbind: Unbind): Promise<void> {
    this.#packOf(unbind.pack)
    return this.#store.unbind(unbind)
  }

  async test(packId: string, id: string): Promise<TargetTest> {
    const { pack } = this.#packOf(packId)
    const target: Target = named(pack.targets, id, `Test '${id}' of ${pack.title}`)
    const { targets } = await this.#read(packId)
    const startedMs = performance.now()
    try {
      return await testTarget(target, targets[id] ?? null, {
        kube: { env: process.env, home: homedir() },
        askEngine: (engine) => this.#askEngine(engine),
        nowMs: () => performance.now(),
      })
    } catch (error) {
      // An engine that is not there is what a test is for.
      if (!(error instanceof RefusalError)) throw error
      return { ...badBy(error.refusal), tookMs: Math.round(performance.now() - startedMs) }
    }
  }

  /** What this desk binds for itself goes before the overlay's. */
  async #read(pack: string): Promise<PackBindings> {
    const { hash } = this.#packOf(pack)
    const [filled, own] = await Promise.all([this.#filled(pack), this.#store.read(pack)])
    return {
      places: { ...filled.places, ...standingPlaces(own.places, hash) },
      targets: { ...filled.targets, ...own.targets },
    }
  }

  async #refuseRoute(wanted: { pack: string; place: string | null; route: Route; tried: string }) {
    const { pack, place, route, tried } = wanted
    const { places } = await this.#read(pack)
    const bound = place === null ? null : (places[place] ?? null)
    if (routeFits(route, bound)) return
    throw refuse('bad-input', {
      tried,
      happened:
        bound === null
          ? `The way '${route}' leads through a place${place === null ? ', and none is named' : `, and '${place}' is not bound`}.`
          : `The way '${route}' does not lead through a place that is bound as '${bound.at}'.`,
      next: 'Bind the place first, or choose another way.',
    })
  }

  async #askEngine(engine: string | null): Promise<string> {
    const endpoint = await this.#findEngine('live', engine)
    const access = await accessTo(endpoint, { env: process.env, home: homedir() })
    const address = addressOf(endpoint.host, access)
    const client = createEngineClient(address)
    const pieces: Buffer[] = []
    try {
      await ask(new CallPlan(deadlinesWith({}, connectingMs(address)), access.apiVersion).version(), {
        client,
        signal: new AbortController().signal,
        take: (piece) => {
          pieces.push(piece)
          return 'more'
        },
      })
    } finally {
      client.close()
    }
    const version = /"Version":\s*"([^"]{1,60})"/.exec(Buffer.concat(pieces).toString('utf8'))?.[1]
    return `The engine ${endpoint.name} answers${version === undefined ? '' : `: version ${version}`}.`
  }
}

function badBy({ happened, next }: Refusal): Omit<TargetTest, 'tookMs'> {
  return { outcome: 'bad', reached: null, said: [happened, next], untested: [] }
}

function named<Item extends { readonly id: string }>(items: readonly Item[], id: string, tried: string): Item {
  const found = items.find((one) => one.id === id)
  if (found !== undefined) return found
  const ids = items.map((one) => one.id)
  const meant = nearest(id, ids)
  throw refuse('not-found', {
    tried,
    happened: `The pack has no '${id}'.`,
    next: meant === null ? `It has: ${ids.length === 0 ? 'none' : ids.join(', ')}.` : `Did you mean '${meant}'?`,
  })
}

function noConsent(tried: string, words: string) {
  return refuse('not-allowed', {
    tried,
    happened: 'Steps of this place would run on this very machine, and nobody has said yes to that.',
    next: `Type: ${words}`,
  })
}

function secretInAddress(tried: string) {
  return refuse('not-allowed', {
    tried,
    happened: 'The address holds a password or a token. Nothing was kept.',
    next: 'Keep the secret in the vault, and name that credential in the binding.',
  })
}
