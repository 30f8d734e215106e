import type { Handlers } from '../contract/answerer.ts'
import type { Targets } from './targets.ts'

type TargetCall = Extract<keyof Handlers, `targets.${string}`>

/** Answers about places and targets. */
export function targetHandlers(targets: Targets): Pick<Handlers, TargetCall> {
  return {
    'targets.list': async ({ pack }) => ({ machine: targets.machine, bindings: await targets.list(pack) }),
    'targets.bind': async (bind) => {
      await targets.bind(bind)
      return null
    },
    'targets.unbind': async (unbind) => {
      await targets.unbind(unbind)
      return null
    },
    'targets.test': async ({ pack, target }) => targets.test(pack, target),
  }
}
