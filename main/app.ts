import { calls, type FeedName, feeds, type Message } from '../shared/contract.ts'
import { boardRow } from '../shared/incident/board.ts'
import type { Person } from '../shared/journal/header.ts'
import { RefusalError } from '../shared/refusal.ts'
import { createAnswerer } from './contract/answerer.ts'
import type { DeskNews } from './desk/desk-client.ts'
import { createHandlers, type SweepEnded } from './handlers.ts'
import { Exporter } from './postmortem/exporter.ts'
import { openServices } from './services.ts'
import type { Shell } from './shell.ts'
import { version } from './version.ts'

export interface StartOptions {
  readonly shell: Shell
  readonly dataFolder: string
  readonly assetsFolder: string
  /** Where a line of the log goes. */
  readonly log: (what: string) => void
}

/**
 * Builds the services and connects them to the contract: calls of the window are answered, news of the journal and of
 * sweeps become feeds. Knows no shell but by its port. Rejects with a refusal where the data folder cannot be used.
 */
export async function startApp({ shell, dataFolder, assetsFolder, log }: StartOptions): Promise<void> {
  const windowOpens = shell.start({
    callNames: [...calls.keys()],
    answer: async (name, argument) => (await answerer).answer(name, argument),
    onWindowReady: () => void answerer.then((connected) => connected.forgetWindow()),
    onCloseAsked: async () => (await answerer).onCloseAsked(),
    onQuit: async () => (await services).close(),
    log,
  })
  // The window comes first; the journal is opened while it loads its script, and its first call waits for it.
  const services = windowOpens.then(() => openServices({ dataFolder, assetsFolder, rings: true, log }))
  const answerer = services.then((opened) => connect(opened))
  await answerer

  function publish<Name extends FeedName>(feed: Name, message: Message<Name>): void {
    shell.publish(feed, JSON.stringify(feeds[feed].message.parse(message)))
  }

  function connect(ready: Awaited<typeof services>) {
    const followed = new Set<string>()
    let isRunner = ready.desk.startedAsRunner
    const exporter = new Exporter(ready.desk, ready.dataFolder, (html) => shell.printToPdf(html))

    function describeDesk(): Message<'desk.changed'> {
      const { shelf, practice, settings } = ready
      return {
        version,
        operator: settings.operator,
        dataFolder: ready.dataFolder,
        shell: shell.kind,
        runner: isRunner ? 'here' : 'elsewhere',
        practice: { running: practice.endpoint !== null, services: [...practice.services] },
        packs: shelf.packs.map(({ pack, hash }) => ({ id: pack.id, title: pack.title, version: pack.version, hash })),
        packProblems: [...shelf.refused],
      }
    }

    async function sweep(incident: string, endpoint: string, by: Person): Promise<string> {
      const running = await ready.sweeps.start({ incident, endpoint, by }, (id, progress) =>
        publish('sweeps.progress', { sweep: id, incident, progress }),
      )
      const ended = running.kept.then(
        ({ summary }): Pick<SweepEnded, 'summary' | 'refusal'> => ({ summary, refusal: null }),
        (error: unknown) => ({ summary: null, refusal: refusalOf(error) }),
      )
      void ended.then((outcome) => publish('sweeps.ended', { sweep: running.id, incident, ...outcome }))
      return running.id
    }

    function refusalOf(error: unknown): NonNullable<SweepEnded['refusal']> {
      if (error instanceof RefusalError) return error.refusal
      log(`bug in a sweep: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
      return {
        code: 'bug',
        tried: 'Sweep the engine and keep what was found',
        happened: 'Muster made a mistake of its own; the log has the cause.',
        next: 'Sweep again.',
      }
    }

    function tell(news: DeskNews): void {
      switch (news.kind) {
        case 'arrived':
          publish('incidents.board', [boardRow(news.state)])
          if (followed.has(news.incident)) {
            publish('incidents.entries', { id: news.incident, from: news.from, entries: [...news.entries] })
          }
          return
        case 'runner':
          isRunner = news.runner
          return publish('desk.changed', describeDesk())
        case 'alarm':
          shell.notify(`${news.alarm.number}: ${news.alarm.title}`, 'The time for this is over.')
          return publish('alarms.given', news.alarm)
        case 'trouble':
          return log(`journal: ${news.text}`)
      }
    }

    /** A live incident keeps the process, so that its clocks go on ringing. */
    async function onCloseAsked(): Promise<{ decision: 'quit' } | { decision: 'stay'; because: string }> {
      const board = await ready.desk.ask('board')
      const open = board.filter((row) => row.mode === 'live' && (row.status === 'open' || row.status === 'unconfirmed'))
      const [first] = open
      if (first === undefined) return { decision: 'quit' }
      const which = open.length === 1 ? `${first.number} is open` : `${open.length} incidents are open`
      return {
        decision: 'stay',
        because: `${which}: Muster stays to ring its clocks. Start Muster again to come back.`,
      }
    }

    const handlers = createHandlers(ready, {
      shell,
      exporter,
      follow: (incident) => void followed.add(incident),
      describeDesk,
      deskChanged: () => publish('desk.changed', describeDesk()),
      sweep,
    })
    ready.desk.onNews(tell)
    return { answer: createAnswerer(handlers, log), onCloseAsked, forgetWindow: () => followed.clear() }
  }
}
