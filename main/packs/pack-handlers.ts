import type { Handlers } from '../contract/answerer.ts'
import type { Services } from '../services.ts'
import { packNamed } from './packs.ts'
import { readinessIn } from './readiness.ts'

type PackCall = Extract<keyof Handlers, `packs.${string}`>

/** Answers about packs. `changed` hears when the desk's packs are others than before. */
export function packHandlers(services: Services, changed: () => void): Pick<Handlers, PackCall> {
  const { shelf, overlays } = services
  return {
    'packs.read': async ({ id }) => (await overlays.effective(packNamed(shelf.packs, id).pack)).pack,
    'packs.readiness': async ({ id }) => readinessIn(services, packNamed(shelf.packs, id).pack),
    'packs.lint': async ({ file, base64 }) => shelf.lint(Buffer.from(base64, 'base64'), file),
    'packs.import': async ({ file, base64 }) => {
      const imported = await shelf.import(Buffer.from(base64, 'base64'), file)
      changed()
      return imported
    },
    'packs.remove': async ({ id }) => {
      await shelf.remove(id)
      changed()
      return null
    },
    'packs.diff': async ({ id }) => shelf.diff(id),
  }
}
