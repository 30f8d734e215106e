import { z } from 'zod'
import { lineSchema, packIdSchema } from '../packs/text.ts'
import { credentialNameSchema } from '../vault/credential.ts'

/**
 * Something that stands first on a command line: never read as an option (`-oProxyCommand=…`), never with a space.
 * OpenSSH takes a host that begins with a hyphen as an option.
 */
const wordSchema = lineSchema.regex(/^[^-\s]\S*$/, 'begins with a hyphen or holds a space')

/** Where a pack's place really is. */
export const placeBindingSchema = z.discriminatedUnion('at', [
  /** A host as the system's own ssh knows it: a name of the user's configuration, or `user@host`. */
  z.strictObject({ at: z.literal('ssh'), host: wordSchema, folder: lineSchema.optional() }),
  /** `engine` as Docker endpoints are named (`context:…`, `unix:///…`, `ssh://…`); left out: the current one. */
  z.strictObject({
    at: z.literal('container'),
    container: wordSchema,
    engine: wordSchema.optional(),
    folder: lineSchema.optional(),
  }),
  /** `pod` by name, or any pod of a workload: 'deployment/web'. `context` left out: kubectl's current one. */
  z.strictObject({
    at: z.literal('pod'),
    pod: wordSchema,
    namespace: wordSchema,
    context: wordSchema.optional(),
    container: wordSchema.optional(),
    folder: lineSchema.optional(),
  }),
  /**
   * The machine that Muster runs on. Counts only where `consent` is what `consentWords` gives for this very machine, and for
   * the pack as it was then: Muster notes its hash (sha256, lower-case hex).
   */
  z.strictObject({
    at: z.literal('this-machine'),
    consent: lineSchema,
    packHash: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
    folder: lineSchema.optional(),
  }),
])

export type PlaceBinding = z.infer<typeof placeBindingSchema>

/**
 * How a target is reached. `ssh` and `port-forward` open a local port that ends at the place; the exec routes start a
 * program of the container or pod. All but `direct` need a place.
 */
export const routeSchema = z.enum(['direct', 'ssh', 'docker-exec', 'pod-exec', 'port-forward'])
export type Route = z.infer<typeof routeSchema>

/**
 * What a pack's target really is. What is left out is as the pack says it. For Kubernetes `address` is the context and
 * `within` the namespace; for Docker `address` is the endpoint.
 */
export const targetBindingSchema = z.strictObject({
  address: lineSchema.optional(),
  within: lineSchema.optional(),
  user: lineSchema.optional(),
  /** A credential of the vault, by its name. */
  credential: credentialNameSchema.optional(),
  route: routeSchema.default('direct'),
  /** The pack's place that the route leads through; left out: the one that the pack gives the target. */
  place: packIdSchema.optional(),
})

export type TargetBinding = z.infer<typeof targetBindingSchema>

/** What a person types to let steps of a place run on the machine of this name; it holds for no other machine. */
export function consentWords(place: string, machine: string): string {
  return `run ${place} on ${machine}`
}

/** Whether a place may be this machine (its host name): yes for every other kind of place. */
export function isConsented(place: string, binding: PlaceBinding, machine: string): boolean {
  return binding.at !== 'this-machine' || binding.consent === consentWords(place, machine)
}

/**
 * The bindings of places that hold for a pack of this hash. A yes to this machine was said to the pack as it was: once that
 * changes, by an import or an update, the place is bound no more.
 */
export function standingPlaces(
  places: Readonly<Record<string, PlaceBinding>>,
  packHash: string,
): Record<string, PlaceBinding> {
  return Object.fromEntries(
    Object.entries(places).filter(([, one]) => one.at !== 'this-machine' || one.packHash === packHash),
  )
}

/** Where each route can lead through; none for `direct`. */
const placesOfRoute: Readonly<Record<Route, readonly PlaceBinding['at'][]>> = {
  direct: [],
  ssh: ['ssh'],
  'docker-exec': ['container'],
  'pod-exec': ['pod'],
  'port-forward': ['pod'],
}

/** Whether a route can lead through a place bound so; null: the place is not bound. `direct` needs none. */
export function routeFits(route: Route, place: PlaceBinding | null): boolean {
  const through = placesOfRoute[route]
  return through.length === 0 || (place !== null && through.includes(place.at))
}
