import { findContainer, type Filters, hasLabels, readFilters, readFlag, readInteger } from './docker-requests.ts'
import { type Answer, ApiError, type EngineView, type ServedContainer } from './served-engine.ts'

const listFilters = ['label', 'name', 'status', 'id', 'health', 'ancestor']
const states = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead']

/** `GET /containers/json`: running ones, or all where `all`, `limit` or a status is asked for. */
export function listContainers(view: EngineView, query: URLSearchParams): Answer[] {
  const filters = readFilters(query, listFilters)
  const strange = filters.get('status')?.find((status) => !states.includes(status))
  if (strange !== undefined) throw new ApiError(400, `invalid filter 'status=${strange}'`)
  const limit = Math.max(0, readInteger(query, 'limit') ?? 0)
  const all = readFlag(query, 'all') || limit > 0 || filters.has('status')
  const fitting = view.containers.filter((one) => (all || isUp(one)) && fits(one, filters))
  return (limit > 0 ? fitting.slice(0, limit) : fitting).map((one) => one.summary())
}

/** docker counts a container in a restart loop as running when it lists. */
function isUp({ state }: ServedContainer): boolean {
  return state === 'running' || state === 'paused' || state === 'restarting'
}

function fits(one: ServedContainer, filters: Filters): boolean {
  const any = (name: string, test: (value: string) => boolean) => filters.get(name)?.some(test) ?? true
  return (
    hasLabels(one.labels, filters.get('label') ?? []) &&
    any('name', (value) => nameFits(one.name, value)) &&
    any('status', (value) => one.state === value) &&
    any('id', (value) => one.id.startsWith(value)) &&
    any('health', (value) => one.health === value) &&
    any('ancestor', (value) => one.image === value || one.image.split(':')[0] === value)
  )
}

/**
 * docker takes a name filter as a regular expression over the name with and without its slash. Here it is text, with
 * `^`, `^/` and `$` at its ends understood: what the clients send, and nothing that could take long.
 */
function nameFits(name: string, filter: string): boolean {
  const atStart = filter.startsWith('^')
  const atEnd = filter.endsWith('$')
  const text = filter.slice(atStart ? 1 : 0, atEnd ? -1 : undefined).replace(/^\//, '')
  if (atStart && atEnd) return name === text
  if (atStart) return name.startsWith(text)
  return atEnd ? name.endsWith(text) : name.includes(text)
}

const eventFilters = ['type', 'event', 'container', 'label', 'image', 'scope']

/** Which events a request for `/events` wants to hear of. */
export function eventTest(
  view: EngineView,
  query: URLSearchParams,
): (event: ReturnType<EngineView['events']>[number]) => boolean {
  const filters = readFilters(query, eventFilters)
  const any = (name: string, test: (value: string) => boolean) => filters.get(name)?.some(test) ?? true
  const ids = filters.get('container')?.map((asked) => idOf(view, asked))
  return (event) =>
    any('type', (value) => value === 'container') &&
    any('scope', (value) => value === 'local') &&
    any('event', (value) => event.action === value || event.action.split(':')[0] === value) &&
    any('image', (value) => event.image === value || event.image.split(':')[0] === value) &&
    (ids?.includes(event.id) ?? true) &&
    hasLabels(event.attributes, filters.get('label') ?? [])
}

/** An event filter naming no container is no error to docker: it hears of nothing. */
function idOf(view: EngineView, asked: string): string {
  const known = view.containers.some((one) => one.name === asked.replace(/^\//, '') || one.id.startsWith(asked))
  return known ? findContainer(view, asked).id : ''
}
