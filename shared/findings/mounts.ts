import { containerDraft } from './container-draft.ts'
import type { ContainerView } from './container-view.ts'
import type { Draft } from './draft.ts'
import { plain, typed } from './words.ts'

const refusals = /read-only file system|permission denied|operation not permitted|\bEROFS\b|\bEACCES\b|\bEPERM\b/i

/** D12: it is ill, and its last words are of a path in one of its mounts that it may not write or open. */
export function mountDraft(view: ContainerView): Draft | null {
  const { lastWords, facts, object } = view
  if (facts === null || lastWords === null || !refusals.test(lastWords.text) || !isIll(view)) return null
  const mount = facts.mounts.find(({ destination }) => destination.length > 1 && namesPath(lastWords.text, destination))
  if (mount === undefined) return null
  const readOnly = !mount.writable
  const source = mount.name ?? mount.source
  return containerDraft(view, {
    code: 'D12',
    tier: 1,
    title: readOnly
      ? `${object.name} may not write to its mount ${plain(mount.destination, 80)}`
      : `${object.name} may not use its mount ${plain(mount.destination, 80)}`,
    why: `${readOnly ? 'The mount is read-only' : 'Its user has no right to it'}: ${plain(source, 160)} at ${plain(mount.destination, 80)}. It said: “${lastWords.text}”.`,
    cause: readOnly
      ? `${plain(mount.destination, 80)} is mounted read-only`
      : `no right to ${plain(mount.destination, 80)}`,
    sure: readOnly ? 'measured' : 'likely',
    since: view.state === 'running' ? null : view.endedAt,
    signs: ['permission-denied', ...(view.state === 'running' ? [] : (['service-down'] as const))],
    next: `Compare its user with the owner of the files: docker inspect --format '{{.Config.User}} {{json .Mounts}}' ${typed(object.name)}`,
    mayFollow: false,
    quotesLog: true,
  })
}

function isIll({ state, exitCode, health }: ContainerView): boolean {
  if (state === 'restarting' || health === 'unhealthy') return true
  return state === 'exited' && exitCode !== null && exitCode !== 0
}

/** Whether the text speaks of that folder or of something in it. */
function namesPath(text: string, folder: string): boolean {
  const at = text.indexOf(folder)
  if (at === -1) return false
  const after = text[at + folder.length]
  return after === undefined || !/[\w.-]/.test(after)
}
