import type { EngineSnapshot, Image } from '../docker/snapshot.ts'
import { containerDraft } from './container-draft.ts'
import { type ContainerView, engineItems } from './container-view.ts'
import type { Draft } from './draft.ts'
import { plain, typed } from './words.ts'

/** The engine's images, by id and by what their tags name. */
export interface ImageIndex {
  readonly ids: ReadonlySet<string>
  readonly byTag: ReadonlyMap<string, Image>
}

/** Null where the engine holds none, or they could not be read. */
export function indexImages({ images }: EngineSnapshot): ImageIndex | null {
  if (!images.read || images.value.length === 0) return null
  const byTag = new Map<string, Image>()
  for (const image of images.value) {
    for (const name of image.tags) {
      const tag = tagOf(name)
      if (tag !== null && !byTag.has(tag)) byTag.set(tag, image)
    }
  }
  return { ids: new Set(images.value.map(({ id }) => id)), byTag }
}

/**
 * D11: it runs an image that its tag no longer names (somebody pulled or built anew and did not start it again), or one
 * that the engine no longer holds, so that it could not be made again.
 */
export function imageDraft(view: ContainerView, images: ImageIndex | null): Draft | null {
  const { facts, container, object, state } = view
  if (images === null || facts === null || facts.imageId === null) return null
  const tag = tagOf(facts.imageName === '' ? container.image : facts.imageName)
  if (tag === null || state !== 'running') return null
  const named = images.byTag.get(tag)
  if (named !== undefined && named.id !== facts.imageId) {
    return draftOf(view, {
      title: `${object.name} does not run what its tag ${plain(tag, 80)} names now`,
      why: `Since it was made, the tag was moved to another image${madeAt(named)}. The next start of a new container brings that one.`,
      cause: `tag ${plain(tag, 80)} moved`,
      next: `Compare before it is made anew: docker image inspect ${typed(tag)}`,
    })
  }
  if (images.ids.has(facts.imageId) || named !== undefined) return null
  return draftOf(view, {
    title: `the image of ${object.name} is no longer on the engine`,
    why: `It still runs, but ${plain(tag, 80)} was removed: a new container would have to pull or build it first.`,
    cause: `image ${plain(tag, 80)} removed`,
    next: `Get it back before anything is restarted: docker pull ${typed(tag)}`,
  })
}

function madeAt({ createdAt }: Image): string {
  return createdAt === null ? '' : `, made ${createdAt.slice(0, 16).replace('T', ' ')} UTC`
}

/** 'nginx' and 'docker.io/library/nginx:latest' are one tag; null for an id or a digest, which names itself. */
function tagOf(name: string): string | null {
  if (name === '' || name.includes('@') || /^(?:sha256:)?[0-9a-f]{12,64}$/.test(name)) return null
  const short = name.replace(/^(?:docker\.io\/)?(?:library\/)?/, '')
  return /:[^/]+$/.test(short) ? short : `${short}:latest`
}

type Said = Pick<Draft, 'title' | 'why' | 'cause' | 'next'>

function draftOf(view: ContainerView, said: Said): Draft {
  const draft = containerDraft(view, {
    code: 'D11',
    tier: 2,
    sure: 'measured',
    since: null,
    signs: [],
    mayFollow: false,
    quotesLog: false,
    ...said,
  })
  return { ...draft, evidence: [...draft.evidence, engineItems.images] }
}
