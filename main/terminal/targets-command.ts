import type { Pack } from '../../shared/packs/pack.ts'
import { refuse } from '../../shared/refusal.ts'
import {
  type PlaceBinding,
  placeBindingSchema,
  type TargetBinding,
  targetBindingSchema,
} from '../../shared/targets/binding.ts'
import type { PackBindings, TargetTest } from '../../shared/targets/calls.ts'
import { packNamed } from '../packs/packs.ts'
import type { Face } from './face.ts'
import { plain, table } from './text.ts'

/** What `muster targets bind` takes; the first four say that a place is meant. */
export interface BindOptions {
  readonly ssh?: string
  readonly container?: string
  readonly pod?: string
  readonly thisMachine?: boolean
  readonly consent?: string
  readonly folder?: string
  readonly engine?: string
  readonly namespace?: string
  readonly context?: string
  readonly address?: string
  readonly within?: string
  readonly user?: string
  readonly credential?: string
  readonly route?: string
  readonly place?: string
}

const notBound = 'not bound'

/** `muster targets [PACK]` */
export async function targetsCommand({ services, say }: Face, id: string | undefined): Promise<void> {
  const packs = id === undefined ? services.shelf.packs : [packNamed(services.shelf.packs, id)]
  const listed = await Promise.all(
    packs.map(async ({ pack }) => ({ pack, bindings: await services.targets.list(pack.id) })),
  )
  say(
    listed.map(({ pack, bindings }) => ({ pack: pack.id, ...bindings })),
    table([
      ['PACK', 'ID', 'WHAT', 'THE RUNBOOK SAYS', 'YOURS'],
      ...listed.flatMap(({ pack, bindings }) => rowsOf(pack, bindings)),
    ]),
  )
}

function rowsOf(pack: Pack, { places, targets }: PackBindings): string[][] {
  return [
    ...pack.places.map((place) => [
      pack.id,
      place.id,
      `place, ${place.form}`,
      place.named ?? place.hint,
      placeText(places[place.id] ?? null),
    ]),
    ...pack.targets.map((target) => [
      pack.id,
      target.id,
      target.kind,
      [target.address, target.within].filter((part) => part !== undefined).join(' '),
      targetText(targets[target.id] ?? null),
    ]),
  ]
}

function placeText(binding: PlaceBinding | null): string {
  if (binding === null) return notBound
  const { at, folder, ...rest } = binding
  const named = at === 'this-machine' ? [] : Object.values(rest)
  return [at, ...named, ...(folder === undefined ? [] : [`in ${folder}`])].join(' ')
}

function targetText(binding: TargetBinding | null): string {
  if (binding === null) return ''
  const { address, within, user, credential, route } = binding
  return [
    address,
    within,
    user === undefined ? undefined : `as ${user}`,
    credential === undefined ? undefined : `with ${credential}`,
    route === 'direct' ? undefined : `by ${route}`,
  ]
    .filter((part) => part !== undefined)
    .join(' ')
}

/** `muster targets bind PACK ID …` */
export async function targetsBindCommand(
  { services, say }: Face,
  pack: string,
  id: string,
  options: BindOptions,
): Promise<void> {
  const place = placeOf(id, options)
  if (place !== null) await services.targets.bind({ is: 'place', pack, id, binding: place })
  else await services.targets.bind({ is: 'target', pack, id, binding: targetOf(id, options) })
  const bound = place === null ? `the target '${plain(id)}'` : `the place '${plain(id)}'`
  say({ bound: id, pack }, [`Bound ${bound} of ${plain(pack)}.`])
}

function placeOf(id: string, options: BindOptions): PlaceBinding | null {
  const { ssh, container, pod, thisMachine, consent, folder, engine, namespace, context } = options
  const given =
    ssh !== undefined
      ? { at: 'ssh', host: ssh, folder }
      : pod !== undefined
        ? { at: 'pod', pod, namespace, context, container, folder }
        : container !== undefined
          ? { at: 'container', container, engine, folder }
          : thisMachine === true
            ? { at: 'this-machine', consent: consent ?? 'not given', folder }
            : null
  if (given === null) return null
  const parsed = placeBindingSchema.safeParse(whole(given))
  if (parsed.success) return parsed.data
  throw notOfForm(id, parsed.error.issues[0]?.path.join('.') ?? '', parsed.error.issues[0]?.message ?? '')
}

function targetOf(id: string, { address, within, user, credential, route, place }: BindOptions): TargetBinding {
  const parsed = targetBindingSchema.safeParse(whole({ address, within, user, credential, route, place }))
  if (parsed.success) return parsed.data
  throw notOfForm(id, parsed.error.issues[0]?.path.join('.') ?? '', parsed.error.issues[0]?.message ?? '')
}

/** Without what was not given: the schemas know no `undefined`. */
function whole(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

function notOfForm(id: string, field: string, message: string) {
  return refuse('bad-input', {
    tried: `Bind '${id}'`,
    happened: `Its ${field} ${message}. Nothing was kept.`,
    next: 'Type `muster targets bind --help` for what it takes.',
  })
}

/** `muster targets unbind PACK ID` */
export async function targetsUnbindCommand(
  { services, say }: Face,
  pack: string,
  id: string,
  { place }: { place?: boolean },
): Promise<void> {
  await services.targets.unbind({ is: place === true ? 'place' : 'target', pack, id })
  say({ unbound: id, pack }, [
    `Unbound ${place === true ? 'the place' : 'the target'} '${plain(id)}' of ${plain(pack)}.`,
  ])
}

/** `muster targets test PACK [TARGET]`: all of the pack's targets where none is named. False where one is bad. */
export async function targetsTestCommand(
  { services, say }: Face,
  packId: string,
  target: string | undefined,
): Promise<boolean> {
  const { pack } = packNamed(services.shelf.packs, packId)
  const ids = target === undefined ? pack.targets.map(({ id }) => id) : [target]
  const tested = await Promise.all(ids.map(async (id) => ({ id, ...(await services.targets.test(packId, id)) })))
  say(tested, tested.flatMap(testLines))
  return tested.every(({ outcome }) => outcome !== 'bad')
}

const signs = { good: '✓', bad: '△', 'not-tested': '○' } as const

function testLines({ id, outcome, reached, said, untested }: TargetTest & { id: string }): string[] {
  return [
    `${signs[outcome]} ${plain(id)}${reached === null ? '' : ` at ${plain(reached)}`}: ${plain(said.join(' '))}`,
    ...untested.map((one) => `    Not tested: ${plain(one.charAt(0).toLowerCase() + one.slice(1))}`),
  ]
}
