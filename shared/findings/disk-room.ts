import type { EngineSnapshot, Room } from '../docker/snapshot.ts'
import { containerDraft } from './container-draft.ts'
import { type ContainerView, engineItems } from './container-view.ts'
import type { Draft } from './draft.ts'
import { engineDraft } from './engine-draft.ts'
import { bytesInWords, plain, typed } from './words.ts'

const GiB = 1_073_741_824
/** What is left, as a part of what can be used (as `df` counts it) and as a size: a twentieth of a large disk lasts for long. */
const full = { part: 0.05, bytes: 20 * GiB }
const nearlyFull = { part: 0.1, bytes: 50 * GiB }
const nothingLeft = 0.01
const fewInodes = 0.05
const hugeLog = GiB

/** D13: the file system that the engine lies on is full, or nearly, or has no room for more files. */
export function roomDraft(snapshot: EngineSnapshot, views: readonly ContainerView[]): Draft | null {
  if (!snapshot.room.read) return null
  const room = snapshot.room.value
  const fault = bytesFault(room) ?? inodesFault(room)
  if (fault === null) return null
  const folder = plain(room.folder, 100)
  const largest = room.logs.toSorted((a, b) => b.bytes - a.bytes)[0]
  const whose = views.find(({ object }) => object.id === largest?.container)?.object.name
  const log =
    largest === undefined || whose === undefined || largest.bytes < hugeLog
      ? ''
      : ` The log of ${whose} alone takes ${bytesInWords(largest.bytes)}.`
  return engineDraft(snapshot, {
    code: 'D13',
    tier: fault.tier,
    title: `the disk of ${plain(snapshot.endpoint.name, 100)} ${fault.title}`,
    why: `${fault.why} That is the file system of ${folder}: containers that write fail first, then the engine itself.${log}`,
    cause: log === '' ? fault.cause : `${fault.cause}; the log of ${whose ?? ''} grows without bound`,
    signs: ['disk-full'],
    next: `See what fills it: docker system df -v, and du -xsh ${typed(room.folder)}/* as root.`,
    evidence: [engineItems.room],
  })
}

type Fault = Pick<Draft, 'tier' | 'title' | 'why'> & { readonly cause: string }

function bytesFault({ usedBytes, availableBytes }: Room): Fault | null {
  const usable = usedBytes + availableBytes
  if (usable <= 0) return null
  const left = availableBytes / usable
  const isFull = left < nothingLeft || (left < full.part && availableBytes < full.bytes)
  if (!isFull && !(left < nearlyFull.part && availableBytes < nearlyFull.bytes)) return null
  return {
    tier: isFull ? 1 : 2,
    title: isFull ? 'is full' : 'is nearly full',
    why: `${bytesInWords(availableBytes)} of ${bytesInWords(usable)} are left (${(left * 100).toFixed(1)} %).`,
    cause: `${bytesInWords(availableBytes)} left`,
  }
}

function inodesFault({ inodes, freeInodes }: Room): Fault | null {
  if (inodes <= 0 || freeInodes / inodes >= fewInodes) return null
  return {
    tier: freeInodes / inodes < nothingLeft ? 1 : 2,
    title: 'has no room for more files',
    why: `${freeInodes} of ${inodes} files can still be made: 'no space left on device' is said although bytes are free.`,
    cause: `${freeInodes} inodes left`,
  }
}

/** The size of logs that nothing bounds, by container. */
export function logBytesOf({ room }: EngineSnapshot): ReadonlyMap<string, number> {
  return new Map((room.read ? room.value.logs : []).map(({ container, bytes }) => [container, bytes]))
}

/** D13: a log without a limit has grown huge. */
export function hugeLogDraft(view: ContainerView, logBytes: ReadonlyMap<string, number>): Draft | null {
  const bytes = logBytes.get(view.object.id) ?? 0
  if (bytes < hugeLog) return null
  const draft = containerDraft(view, {
    code: 'D13',
    tier: 2,
    title: `the log of ${view.object.name} has grown to ${bytesInWords(bytes)}`,
    why: 'Its driver json-file has no max-size, so it grows until the engine’s disk is full.',
    cause: 'a log without max-size',
    sure: 'measured',
    since: null,
    signs: ['disk-full'],
    next:
      'Set max-size and max-file for its log and make it anew; until then see who writes so much: docker logs --tail 100 ' +
      typed(view.object.name),
    mayFollow: false,
    quotesLog: false,
  })
  return { ...draft, evidence: [...draft.evidence, engineItems.room] }
}

/** Where the engine's disk is full, containers without space and huge logs are part of that, and no findings of their own. */
export function foldUnderRoom(drafts: readonly Draft[], room: Draft | null): Draft[] {
  if (room === null) return [...drafts]
  const isPart = ({ code, tier }: Draft) => code === 'D13' && tier >= room.tier
  const parts = drafts.filter(isPart)
  return [
    {
      ...room,
      effects: parts.flatMap(({ code, object, title, effects }) => [{ code, object, title }, ...effects]),
      evidence: [...new Set([room, ...parts].flatMap(({ evidence }) => evidence))],
    },
    ...drafts.filter((draft) => !isPart(draft)),
  ]
}
