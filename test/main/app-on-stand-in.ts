import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startApp } from '../../main/app.ts'
import type { Shell, ShellHooks } from '../../main/shell.ts'
import { type Answer, answerSchema, type Argument, type CallName, type Result } from '../../shared/contract.ts'
import { RefusalError } from '../../shared/refusal.ts'

const assetsFolder = fileURLToPath(new URL('../../assets', import.meta.url))

export interface AppOnStandIn {
  readonly hooks: ShellHooks
  /** Feeds as they went to the window. */
  readonly published: { feed: string; message: unknown }[]
  readonly logged: string[]
  /** What comes of the start. */
  readonly started: Promise<void>
  /** Asks as the window would; rejects with the refusal. */
  ask<Name extends CallName>(name: Name, argument: Argument<Name>): Promise<Result<Name>>
  stop(): Promise<void>
}

/** The real app on a data folder and a shell that only remembers. `takes`: what the window does with a feed message. */
export async function startOnStandIn(
  prepare: (dataFolder: string) => void = () => undefined,
  takes: (feed: string) => void = () => undefined,
): Promise<AppOnStandIn> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'muster-app-'))
  prepare(dataFolder)
  const published: AppOnStandIn['published'] = []
  const logged: string[] = []
  const opened = Promise.withResolvers<ShellHooks>()
  const shell: Shell = {
    kind: 'chromium',
    start: async (given) => opened.resolve(given),
    publish(feed, message) {
      takes(feed)
      published.push({ feed, message: JSON.parse(message) })
    },
    show: async () => undefined,
    chooseSaveFile: async () => null,
    chooseFolder: async () => null,
    chooseOpenFile: async () => null,
    openExternal: async () => null,
    notify: () => undefined,
    printToPdf: async () => new Uint8Array(),
    quit: async () => undefined,
  }
  const started = startApp({ shell, dataFolder, assetsFolder, log: (what) => logged.push(what) })
  const hooks = await opened.promise
  return {
    hooks,
    published,
    logged,
    started,
    async ask(name, argument) {
      const answer: Answer = answerSchema.parse(JSON.parse(await hooks.answer(name, JSON.stringify(argument))))
      if (!answer.ok) throw new RefusalError(answer.refusal)
      return answer.value as Result<typeof name>
    },
    async stop() {
      await started.catch(() => undefined)
      await hooks.onQuit()
      await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
