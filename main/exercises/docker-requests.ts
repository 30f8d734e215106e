import { z } from 'zod'
import { ApiError, type EngineView, type ServedContainer } from './served-engine.ts'

/** A request in the words of the Docker Engine API. */
export type ApiRequest = {
  readonly method: string
  /** without the version, decoded */
  readonly path: string
  /** as asked for in the path, or null */
  readonly apiVersion: string | null
  readonly query: URLSearchParams
}

type Versions = { apiVersion: string; minApiVersion: string }

/** Reads method and target of a request; throws a 400 for what is malformed or of a version that is not spoken. */
export function readRequest(method: string, target: string, versions: Versions): ApiRequest {
  const question = target.indexOf('?')
  const rawPath = question < 0 ? target : target.slice(0, question)
  const query = new URLSearchParams(question < 0 ? '' : target.slice(question + 1))
  const path = decode(rawPath)
  if (!path.startsWith('/') || path.includes('\0')) throw new ApiError(400, 'malformed request path')
  const [, asked = null, rest = path] = /^\/v(\d{1,3}\.\d{1,3})(\/.*)$/.exec(path) ?? []
  if (asked !== null && compareVersions(asked, versions.minApiVersion) < 0) {
    throw new ApiError(
      400,
      `client version ${asked} is too old. Minimum supported API version is ${versions.minApiVersion}, please upgrade your client to a newer version`,
    )
  }
  if (asked !== null && compareVersions(asked, versions.apiVersion) > 0) {
    throw new ApiError(
      400,
      `client version ${asked} is too new. Maximum supported API version is ${versions.apiVersion}`,
    )
  }
  return { method, path: rest, apiVersion: asked, query }
}

/** Below, at or above zero as the first version is older, the same or newer. */
export function compareVersions(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split('.').map(Number)
  const [majorB = 0, minorB = 0] = b.split('.').map(Number)
  return majorA - majorB || minorA - minorB
}

/** docker's reading of a flag: '', 0, no, false and none are false, all else true. */
export function readFlag(query: URLSearchParams, name: string): boolean {
  return !['', '0', 'no', 'false', 'none'].includes((query.get(name) ?? '').trim().toLowerCase())
}

/** A whole number, or null where the parameter is missing; throws a 400 for anything else. */
export function readInteger(query: URLSearchParams, name: string): number | null {
  const text = query.get(name)
  if (text === null || text === '') return null
  if (!/^-?\d{1,9}$/.test(text)) throw new ApiError(400, `${name}: parsing ${JSON.stringify(text)}: invalid syntax`)
  return Number(text)
}

/** `seconds[.nanoseconds]` since the epoch as nanoseconds, or null where missing; throws a 400 for anything else. */
export function readMoment(query: URLSearchParams, name: string): bigint | null {
  const text = query.get(name)
  if (text === null || text === '') return null
  const [, sign = '', seconds, fraction = ''] = /^(-?)(\d{1,12})(?:\.(\d{1,9}))?$/.exec(text) ?? []
  if (seconds === undefined) throw new ApiError(400, `${name}: parsing ${JSON.stringify(text)}: invalid syntax`)
  const nanoseconds = BigInt(seconds) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'))
  return sign === '-' ? -nanoseconds : nanoseconds
}

/** How many lines from the end: docker reads whatever is not a number as 'all'. */
export function readTail(query: URLSearchParams): number {
  const text = query.get('tail') ?? ''
  return /^\d{1,9}$/.test(text) ? Number(text) : Infinity
}

/** Both forms in use: lists, and the older maps of value to true. */
const filtersSchema = z.record(z.string(), z.union([z.array(z.string()), z.record(z.string(), z.boolean())]))

export type Filters = ReadonlyMap<string, readonly string[]>

/** The `filters` parameter; throws a 400 where it is not JSON of docker's form or has a name not in `known`. */
export function readFilters(query: URLSearchParams, known: readonly string[]): Filters {
  const text = query.get('filters')
  if (text === null || text === '') return new Map()
  const read = filtersSchema.safeParse(parseJson(text))
  if (!read.success) throw new ApiError(400, 'invalid filters: not a JSON object of lists')
  const filters = new Map<string, readonly string[]>()
  for (const [name, values] of Object.entries(read.data)) {
    if (!known.includes(name)) throw new ApiError(400, `invalid filter '${name}'`)
    filters.set(name, Array.isArray(values) ? values : Object.keys(values))
  }
  return filters
}

/** The container of that id, name or unique prefix of an id, as docker finds it; throws 404, or 400 if several fit. */
export function findContainer(view: EngineView, asked: string): ServedContainer {
  const name = asked.replace(/^\//, '')
  const exact = indexOf(view.containers).get(name)
  if (exact) return exact
  const fitting = name === '' ? [] : view.containers.filter((one) => one.id.startsWith(name))
  if (fitting.length > 1) throw new ApiError(400, `multiple IDs found with provided prefix: ${name}`)
  const [only] = fitting
  if (!only) throw new ApiError(404, `No such container: ${asked}`)
  return only
}

const indexes = new WeakMap<readonly ServedContainer[], ReadonlyMap<string, ServedContainer>>()

/** By id and by name, an id first; made once for a view's containers, as an engine may show a thousand of them. */
function indexOf(containers: readonly ServedContainer[]): ReadonlyMap<string, ServedContainer> {
  const known = indexes.get(containers)
  if (known !== undefined) return known
  // Of those with one name the first is meant: what comes later in the list goes in earlier.
  const lastFirst = containers.toReversed()
  const byName = lastFirst.map((one) => [one.name, one] as const)
  const index = new Map([...byName, ...lastFirst.map((one) => [one.id, one] as const)])
  indexes.set(containers, index)
  return index
}

/** Whether the labels hold every one asked for, as `name` or `name=value`. */
export function hasLabels(labels: Readonly<Record<string, string>>, asked: readonly string[]): boolean {
  return asked.every((label) => {
    const equals = label.indexOf('=')
    const name = equals < 0 ? label : label.slice(0, equals)
    return Object.hasOwn(labels, name) && (equals < 0 || labels[name] === label.slice(equals + 1))
  })
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new ApiError(400, 'malformed request path')
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ApiError(400, 'invalid filters: not JSON')
  }
}
