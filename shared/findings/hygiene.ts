import type { EngineSnapshot } from '../docker/snapshot.ts'
import { type ContainerView, engineItems, viewsOf } from './container-view.ts'
import type { Draft } from './draft.ts'
import { engineDraft } from './engine-draft.ts'
import type { Finding } from './finding.ts'
import { rankFindings } from './rank-findings.ts'
import { bytesInWords } from './words.ts'

const month = 30 * 86_400_000

interface Rule {
  readonly title: (count: number) => string
  readonly why: string
  readonly next: string
  /** What it says of one container; null where that one is in order. */
  readonly of: (view: ContainerView) => string | null
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`
const containers = (count: number) => counted(count, 'container')

/** D22: what makes the next incident worse and is none today. */
const rules: readonly Rule[] = [
  {
    title: (count) => `${containers(count)} without a restart policy`,
    why: 'Nothing starts them again after a failure or a restart of the machine.',
    next: 'Set `restart: unless-stopped` in the compose file, or docker update --restart unless-stopped.',
    of: ({ facts, container }) =>
      facts?.restartPolicy.name === 'no' && !container.oneOff ? 'no restart policy' : null,
  },
  {
    title: (count) => `${containers(count)} without a health check`,
    why: 'That they run says nothing about whether they work.',
    next: 'Give them a HEALTHCHECK in the image or the compose file.',
    of: ({ facts, container }) => (facts?.healthCheck === null && !container.oneOff ? 'no health check' : null),
  },
  {
    title: (count) => `${containers(count)} without a memory limit`,
    why: 'One that leaks takes the memory of all others on the machine.',
    next: 'Set `mem_limit` in the compose file, or docker update --memory.',
    of: ({ facts }) => (facts?.memoryLimitBytes === 0 ? 'no memory limit' : null),
  },
  {
    title: (count) => `${containers(count)} whose log grows without bound`,
    why: 'The driver json-file without max-size fills the engine’s disk in the end.',
    next: 'Set log-opts max-size and max-file in the daemon or the compose file.',
    of: ({ facts }) =>
      facts?.log?.driver === 'json-file' && facts.log.maxSize === null ? 'log without max-size' : null,
  },
  {
    title: (count) => `${containers(count)} from a tag that moves`,
    why: 'With `latest` or no tag nobody can say which version runs, or go back to it.',
    next: 'Name a version or a digest.',
    of: ({ container: { image } }) =>
      image !== '' &&
      !image.includes('@') &&
      !/^(?:sha256:)?[0-9a-f]{12,64}$/.test(image) &&
      (image.endsWith(':latest') || !/:[^/]+$/.test(image))
        ? image
        : null,
  },
  {
    title: (count) => `${containers(count)} with all rights over the machine`,
    why: 'Privileged ones, and those that hold Docker’s own socket, are root on the machine for whoever gets into them.',
    next: 'Take the right away, or give the one capability that is needed.',
    of: ({ facts }) =>
      facts === null
        ? null
        : facts.privileged
          ? 'privileged'
          : facts.mounts.some(({ source }) => /(?:^|\/)(?:docker|podman)\.sock$/.test(source))
            ? 'holds the engine’s socket'
            : null,
  },
]

/**
 * What is untidy in a snapshot, apart from the findings of an incident: one per kind, the containers as its effects. Codes:
 * D22 settings, D26 leftovers. Ranked among themselves; all of tier 3.
 */
export function deriveHygiene(snapshot: EngineSnapshot, now: number): Finding[] {
  const views = viewsOf(snapshot).filter(({ facts }) => facts !== null)
  const settings = rules.flatMap((rule) =>
    ruleDraft(
      rule,
      views.filter(({ state }) => state === 'running'),
      snapshot,
    ),
  )
  return rankFindings([...settings, ...leftovers(snapshot, views, now)], now)
}

function ruleDraft({ title, why, next, of }: Rule, views: readonly ContainerView[], snapshot: EngineSnapshot): Draft[] {
  const found = views.flatMap((view) => {
    const said = of(view)
    return said === null ? [] : [{ view, said }]
  })
  if (found.length === 0) return []
  const draft = engineDraft(snapshot, {
    code: 'D22',
    tier: 3,
    title: title(found.length),
    why,
    cause: null,
    signs: [],
    next,
    evidence: [...new Set(found.flatMap(({ view }) => view.evidence))],
  })
  return [
    {
      ...draft,
      reach: 0,
      effects: found.map(({ view, said }) => ({
        code: 'D22',
        object: view.object,
        title: `${view.object.name}: ${said}`,
      })),
    },
  ]
}

/** D26: what nobody uses and what takes room. */
function leftovers(snapshot: EngineSnapshot, views: readonly ContainerView[], now: number): Draft[] {
  const old = views.filter(
    ({ state, endedAt }) => state === 'exited' && endedAt !== null && now - Date.parse(endedAt) > month,
  )
  const dangling = snapshot.images.read ? snapshot.images.value.filter(({ tags }) => tags.length === 0) : []
  const used = new Set(views.map(({ facts }) => facts?.imageId))
  const unused = dangling.filter(({ id }) => !used.has(id))
  const volumes = snapshot.disk.read ? snapshot.disk.value.volumes.filter(({ uses }) => uses === 0) : []
  const said: (Pick<Draft, 'title' | 'why' | 'next' | 'evidence' | 'effects'> | null)[] = [
    old.length === 0
      ? null
      : {
          title: `${containers(old.length)} ended over 30 days ago and still there`,
          why: 'They hold their names, logs and layers.',
          next: 'Remove those that nobody needs: docker container prune --filter until=720h',
          evidence: [engineItems.list],
          effects: old.map(({ object }) => ({ code: 'D26', object, title: `${object.name} ended long ago` })),
        },
    unused.length === 0
      ? null
      : {
          title: `${counted(unused.length, 'image')} that no tag names and no container uses`,
          why: `They take up to ${bytesInWords(unused.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0))}.`,
          next: 'Remove them: docker image prune',
          evidence: [engineItems.images],
          effects: [],
        },
    volumes.length === 0
      ? null
      : {
          title: `${counted(volumes.length, 'volume')} that no container uses`,
          why: `They take ${bytesInWords(volumes.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0))}. They may hold the only copy of something.`,
          next: 'Look into each before it goes: docker volume ls --filter dangling=true',
          evidence: [engineItems.disk],
          effects: [],
        },
  ]
  return said
    .filter((one) => one !== null)
    .map(({ effects, ...one }) => ({
      ...engineDraft(snapshot, { code: 'D26', tier: 3, cause: null, signs: [], ...one }),
      reach: 0,
      effects,
    }))
}
