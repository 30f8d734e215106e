import { fork } from 'node:child_process'
import type { CallName } from '../../../main/docker/calls.ts'
import { type Fault, type HostileEngine, startHostileEngine } from './hostile-engine.ts'

/** Where hostile engines are served by another process: what they take is not the sweep's memory or time. */
export interface HostileProcess {
  engine(at: CallName | 'all' | 'none', fault: Fault): Promise<HostileEngine>
  stop(): Promise<void>
}

interface Asked {
  readonly id: number
  /** Null: stop the one with this id. */
  readonly wanted: { readonly at: CallName | 'all' | 'none'; readonly fault: Fault } | null
}

export function startHostileProcess(): HostileProcess {
  const child = fork(import.meta.filename, ['serve'], { execArgv: [] })
  let last = 0
  async function ask(asked: Asked): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<string>()
    const hear = ({ id, host }: { id: number; host: string }) => {
      if (id !== asked.id) return
      child.off('message', hear)
      resolve(host)
    }
    child.on('message', hear)
    child.send(asked)
    return promise
  }
  return {
    async engine(at, fault) {
      last += 1
      const id = last
      const host = await ask({ id, wanted: { at, fault } })
      return { host, stop: async () => void (await ask({ id, wanted: null })) }
    },
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.disconnect()
      await ended
    },
  }
}

if (process.argv[2] === 'serve' && process.argv[1] === import.meta.filename) {
  const engines = new Map<number, HostileEngine>()
  const serve = async ({ id, wanted }: Asked): Promise<void> => {
    if (wanted === null) await engines.get(id)?.stop()
    else engines.set(id, await startHostileEngine(wanted.at, wanted.fault))
    process.send?.({ id, host: engines.get(id)?.host ?? '' })
    if (wanted === null) engines.delete(id)
  }
  process.on('message', (asked: Asked) => void serve(asked))
  process.once('disconnect', () => process.exit())
}
