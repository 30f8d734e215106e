import type { ContainerSnapshot, EngineSnapshot, Part, Unread } from '../docker/snapshot.ts'
import { notAsked, notYet } from '../docker/snapshot.ts'
import { engineItems } from './container-view.ts'
import type { Draft } from './draft.ts'
import { roomDraft } from './disk-room.ts'
import { isHung } from './engine-health.ts'
import { engineDraft } from './engine-draft.ts'
import type { FindingObject } from './finding.ts'
import type { CouldNotRead } from './sweep.ts'
import { plain, typed } from './words.ts'

/** One thing that was asked for and not read, or that could not be asked for. */
interface BlindSpot extends CouldNotRead {
  readonly kind: Kind
  readonly code: Unread['code'] | 'stray'
  /** Null: it is about the engine. */
  readonly container: FindingObject | null
  readonly evidence: readonly string[]
}

type Kind = keyof typeof kinds

/** What each kind of blind spot is called. Codes stay: they tell a finding from sweep to sweep. */
const kinds = {
  engine: {
    code: 'X01',
    what: 'the version of the engine',
    means: 'Whether it is too old, too full or off in its clock is not known.',
    next: 'docker version; docker info',
  },
  state: {
    code: 'X02',
    what: 'the state of',
    means: 'Only what the list tells of it is known: no limits, checks, mounts or networks.',
    next: 'docker inspect {names}',
  },
  log: {
    code: 'X03',
    what: 'the log of',
    means: 'Why it is ill may stand there.',
    next: 'docker logs --tail 50 {names}',
  },
  usage: {
    code: 'X04',
    what: 'CPU and memory of',
    means: 'Whether it is near a limit is not known.',
    next: 'docker stats --no-stream {names}',
  },
  events: {
    code: 'X05',
    what: 'what happened lately',
    means: 'What changed before is not known, nor who stopped or killed what ended.',
    next: 'docker events --since 1h --until 0s',
  },
  images: {
    code: 'X06',
    what: 'the images',
    means: 'Whether a tag was moved is not known.',
    next: 'docker image ls',
  },
  networks: {
    code: 'X07',
    what: 'the networks',
    means: 'Which there are is not known.',
    next: 'docker network ls',
  },
  disk: {
    code: 'X08',
    what: 'what lies on its disk',
    means: 'How much images, containers and volumes take is not known.',
    next: 'docker system df -v',
  },
  published: {
    code: 'X09',
    what: 'the published ports',
    means: 'Whether anything listens behind them, and with which certificate, is not known.',
    next: 'docker ps --format "{{.Names}} {{.Ports}}", and try each from where its users are',
  },
  room: {
    code: 'X10',
    what: 'how full its disk is',
    means: 'A disk without room stops all that writes.',
    next: 'On that machine: df -h {root}',
  },
  logSizes: {
    code: 'X12',
    what: 'how large the logs are',
    means: 'The disk is short of room, and a log without max-size may be the reason.',
    next: 'On that machine, as root: du -h {root}/containers/*/*-json.log',
  },
  part: {
    code: 'X11',
    what: 'a part of an answer',
    means: 'What it holds is not known.',
    next: 'docker ps --all',
  },
} as const

/** Whether a finding is of what could not be checked, and not of what is wrong. */
export function isBlindSpot({ code }: { readonly code: string }): boolean {
  return code.startsWith('X')
}

/** Every blind spot of a snapshot: what was asked for and not read, and why. Empty where all was read. */
export function couldNotRead(snapshot: EngineSnapshot): CouldNotRead[] {
  return blindSpots(snapshot).map(({ what, why }) => ({ what, why }))
}

/**
 * A finding for each kind of blind spot, the things that it hides as its effects. Of an engine whose containers cannot be listed
 * the finding that says so says all; and so does the one that says that it hangs, of the states that it did not tell.
 */
export function blindSpotDrafts(snapshot: EngineSnapshot): Draft[] {
  const { containers } = snapshot
  const hung = isHung(snapshot)
  const spots = blindSpots(snapshot)
    .filter(({ code }) => containers.read || code !== containers.code)
    .filter(({ code, kind }) => !(hung && kind === 'state' && code === 'timed-out'))
  return [...Map.groupBy(spots, ({ kind }) => kind)].map(([kind, hidden]) => draftOf(snapshot, kind, hidden))
}

function draftOf(snapshot: EngineSnapshot, kind: Kind, hidden: readonly BlindSpot[]): Draft {
  const { code, what, means, next } = kinds[kind]
  const owners = new Map(hidden.flatMap(({ container }) => (container === null ? [] : [[container.id, container]])))
  const [only, ...others] = owners.values()
  const whose = only === undefined ? '' : others.length === 0 ? ` ${only.name}` : ` ${owners.size} containers`
  const named = [...owners.values()].slice(0, 3).map(({ name }) => typed(name))
  const root = snapshot.engine.read ? (snapshot.engine.value.rootFolder ?? '/var/lib/docker') : '/var/lib/docker'
  const draft = engineDraft(snapshot, {
    code,
    tier: 3,
    title:
      kind === 'part'
        ? hidden.length === 1
          ? `could not check ${lowered(hidden[0]?.what ?? '')}`
          : `could not check ${hidden.length} parts of what the engine answered`
        : `could not check ${what}${whose}`,
    why: `${reasons(hidden)} ${means}`,
    cause: plain(hidden[0]?.why ?? '', 200),
    signs: [],
    next: `Look by hand: ${next.replace('{names}', named.join(' ')).replace('{root}', typed(root))}`,
    evidence: [...new Set(hidden.flatMap(({ evidence }) => evidence))],
  })
  const isOne = only !== undefined && others.length === 0
  return {
    ...draft,
    ...(isOne && { object: only }),
    reach: 0,
    effects:
      isOne || hidden.length === 1
        ? []
        : hidden.slice(0, mostEffects).map(({ container, what: one }) => ({
            code,
            object: container ?? draft.object,
            title: `could not check ${lowered(one)}`,
          })),
  }
}

const mostEffects = 500

function lowered(what: string): string {
  return `${what[0]?.toLowerCase() ?? ''}${what.slice(1)}`
}

/** Each reason once, with how often: 'No whole answer within 5 s. (3 times)'. */
function reasons(hidden: readonly BlindSpot[]): string {
  const counted = [...Map.groupBy(hidden, ({ why }) => why)]
  const told = counted
    .slice(0, 3)
    .map(([why, all]) => `${plain(why, 200)}${all.length === 1 ? '' : ` (${all.length} times)`}`)
  return `${told.join(' ')}${counted.length > 3 ? ` And ${counted.length - 3} other reasons.` : ''}`
}

function blindSpots(snapshot: EngineSnapshot): BlindSpot[] {
  const { engine, containers, events, images, networks, disk, published, room, strays } = snapshot
  return [
    ...unread('engine', 'The version of the engine', engine, engineItems.version),
    ...unread('state', 'The containers', containers, engineItems.list),
    ...unread('events', 'What happened lately', events, engineItems.events),
    ...unread('images', 'The images', images, engineItems.images),
    ...unread('networks', 'The networks', networks, engineItems.networks),
    ...unread('disk', 'What lies on its disk', disk, engineItems.disk),
    ...unread('published', 'The published ports', published, engineItems.list),
    ...unread('room', 'How full its disk is', room, engineItems.info),
    ...silentPorts(snapshot),
    ...unseenLogs(snapshot),
    ...(containers.read ? containers.value : []).flatMap(ofContainer),
    ...strays.map((stray): BlindSpot => ({ ...stray, kind: 'part', code: 'stray', container: null, evidence: [] })),
  ]
}

function ofContainer({ id, name, project, service, folder, facts, logs, usage }: ContainerSnapshot): BlindSpot[] {
  const container: FindingObject = { kind: 'container', name, id, project, service }
  return [
    ...unread('state', `The state of ${name}`, facts, `${folder}/inspect.json`, container),
    ...unread('log', `The log (stdout) of ${name}`, logs?.stdout ?? null, `${folder}/stdout.log`, container),
    ...unread('log', `The log (stderr) of ${name}`, logs?.stderr ?? null, `${folder}/stderr.log`, container),
    ...unread('usage', `CPU and memory of ${name}`, usage, `${folder}/stats.json`, container),
  ]
}

/** A firewall between says nothing of what is behind it. */
function silentPorts({ published, containers }: EngineSnapshot): BlindSpot[] {
  if (!published.read || !containers.read) return []
  const known = new Map(containers.value.map((one) => [one.id, one]))
  return published.value
    .filter(({ answer }) => answer === 'silent')
    .map(({ container: id, address }) => {
      const { name = id, project = null, service = null } = known.get(id) ?? {}
      return {
        kind: 'published',
        what: `Port ${address} of ${name}`,
        why: 'It did not answer from here: a firewall may be between.',
        code: 'timed-out',
        container: { kind: 'container', name, id, project, service },
        evidence: [engineItems.published],
      }
    })
}

/** While there is room the size of logs is nobody's trouble. */
function unseenLogs(snapshot: EngineSnapshot): BlindSpot[] {
  const { room } = snapshot
  if (!room.read || room.value.unseenLogs === 0 || roomDraft(snapshot, []) === null) return []
  const { unseenLogs: count, folder } = room.value
  return [
    {
      kind: 'logSizes',
      what: `The size of ${count} ${count === 1 ? 'log' : 'logs'} without a limit`,
      why: `This user may not look into ${folder}.`,
      code: 'no-permission',
      container: null,
      evidence: [engineItems.room],
    },
  ]
}

function unread(
  kind: Kind,
  what: string,
  part: Part<unknown> | null,
  item: string,
  container: FindingObject | null = null,
): BlindSpot[] {
  if (part === null || part.read || part.why === notAsked.why || part.why === notYet.why) return []
  return [
    { kind, what, why: part.why, code: part.code, container, evidence: part.code === 'unsupported' ? [] : [item] },
  ]
}
