import { calls, type FeedName, feeds, type Message } from '../shared/contract.ts'
import { boardRow, isOpenRow } from '../shared/incident/board.ts'
import type { Person } from '../shared/journal/header.ts'
import { RefusalError } from '../shared/refusal.ts'
import { bugText, createAnswerer, failedAnswer } from './contract/answerer.ts'
import { decideClose } from './close-decision.ts'
import { noticeOf } from './desk/alarm-notice.ts'
import type { Alarm } from './desk/desk.ts'
import type { DeskNews } from './desk/desk-client.ts'
import type { CheckReason } from './evidence/evidence-service.ts'
import { createHandlers, type SweepEnded } from './handlers.ts'
import { Exporter } from './postmortem/exporter.ts'
import { Verifications } from './journal/verifications.ts'
import { openServices } from './services.ts'
import type { Shell } from './shell.ts'
import { version } from './version.ts'

/** How long a window may take to open after somebody wanted to see an incident, in ms. */
const WANTED_MS = 30_000
/** After these entries the store of evidence holds more or less than before. */
const evidenceKinds = new Set(['evidence-kept', 'erased'])

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
  let wanted: string | null = null
  const windowOpens = shell.start({
    callNames: [...calls.keys()],
    answer: (name, argument) =>
      answerer.then(
        (connected) => connected.answer(name, argument),
        (error: unknown) => failedAnswer(name, error, log),
      ),
    onWindowReady: () => {
      void answerer.then((connected) => connected.forgetWindow()).catch(logged('The window is open in vain'))
      showWanted()
    },
    onCloseAsked: async () => {
      const decided = await decideClose(() => answerer.then((connected) => connected.board()), log)
      void answerer.then((connected) => connected.rest()).catch(logged('The window closed in vain'))
      return decided
    },
    // Services that could not be opened have nothing to close; startApp itself rejects with the cause.
    onQuit: async () => (await services.catch(() => null))?.close(),
    log,
  })
  // The window comes first; the journal is opened while it loads its script, and its first call waits for it.
  const services = windowOpens.then(() => openServices({ dataFolder, assetsFolder, rings: true, log }))
  const answerer = services.then((opened) => connect(opened))
  await answerer

  function logged(what: string): (error: unknown) => void {
    return (error) => log(`${what}: ${bugText(error)}`)
  }

  /** A notification was clicked. Where no window is open, the incident is shown as soon as one is. */
  function want(id: string | null): void {
    wanted = id
    showWanted()
    setTimeout(() => {
      wanted = null
    }, WANTED_MS).unref()
    void shell.show().catch(logged('The window could not be shown'))
  }

  function showWanted(): void {
    if (wanted !== null) publish('incidents.wanted', { id: wanted })
  }

  /** Never throws: whoever has news to tell has done its work already. */
  function publish<Name extends FeedName>(feed: Name, message: Message<Name>): void {
    try {
      shell.publish(feed, JSON.stringify(feeds[feed].message.parse(message)))
    } catch (error) {
      log(`bug in ${feed}: ${bugText(error)}`)
    }
  }

  function connect(ready: Awaited<typeof services>) {
    const followed = new Set<string>()
    let isRunner = ready.desk.startedAsRunner
    let clock: Message<'desk.changed'>['clock'] = null
    let journal: Message<'desk.changed'>['journal'] = { readOnly: null, remark: null }
    const exporter = new Exporter(ready.desk, ready.dataFolder, (html) => shell.printToPdf(html))

    function describeDesk(): Message<'desk.changed'> {
      const { shelf, practice, settings } = ready
      return {
        version,
        operator: settings.operator,
        dataFolder: ready.dataFolder,
        shell: shell.kind,
        journal,
        clock,
        runner: isRunner ? 'here' : 'elsewhere',
        practice: { running: practice.endpoint !== null, services: [...practice.services] },
        packs: shelf.summaries(),
        packProblems: [...shelf.refused],
      }
    }

    async function sweep(incident: string, endpoint: string, by: Person): Promise<string> {
      const running = await ready.sweeps.start({ incident, endpoint, by, keepWarm: true }, (id, progress) =>
        publish('sweeps.progress', { sweep: id, incident, progress }),
      )
      const ended = running.kept.then(
        ({ summary, witness }): Pick<SweepEnded, 'summary' | 'refusal'> => {
          if (witness !== null) {
            clock = witness
            publish('desk.changed', describeDesk())
          }
          return { summary, refusal: null }
        },
        (error: unknown) => ({ summary: null, refusal: refusalOf(error) }),
      )
      void ended.then((outcome) => publish('sweeps.ended', { sweep: running.id, incident, ...outcome }))
      return running.id
    }

    function refusalOf(error: unknown): NonNullable<SweepEnded['refusal']> {
      if (error instanceof RefusalError && error.refusal.code !== 'bug') return error.refusal
      log(`bug in a sweep: ${bugText(error)}`)
      if (error instanceof RefusalError) return error.refusal
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
          if (!isOpenRow(news.state.core)) ready.sweeps.cool(news.incident)
          if (news.entries.some(({ kind }) => evidenceKinds.has(kind))) ready.storage.evidenceChanged()
          if (followed.has(news.incident)) {
            const { incident, from, entries, state, refolded } = news
            publish('incidents.entries', { id: incident, from, entries: [...entries], state: refolded ? state : null })
          }
          return
        case 'runner':
          isRunner = news.runner
          ready.storage.setRunner(isRunner)
          return publish('desk.changed', describeDesk())
        case 'alarms':
          return ring(news.alarms)
        case 'journal':
          journal = { readOnly: news.readOnly, remark: news.remark }
          log(`journal: ${news.readOnly ?? news.remark ?? 'well again'}`)
          return publish('desk.changed', describeDesk())
        case 'trouble':
          return log(`journal: ${news.text}`)
      }
    }

    function ring(alarms: readonly Alarm[]): void {
      const nowMs = Date.now()
      const notice = noticeOf(alarms, nowMs, 0 - new Date(nowMs).getTimezoneOffset())
      shell.notify(notice.title, notice.body, () => want(alarms[0]?.id ?? null))
      for (const { id, number, title, at } of alarms) publish('alarms.given', { id, number, title, at })
    }

    const checkEvidence = (incident: string, because: CheckReason, by: Person) =>
      ready.evidence.checkIncident(incident, because, by, {
        onProgress: (progress) => publish('evidence.progress', { incident, because, ...progress }),
      })

    const verifications = new Verifications(ready.dataFolder, {
      onProgress: (message) => publish('journal.verifying', message),
      onEnded: (message) => publish('journal.verified', message),
      log,
    })

    const handlers = createHandlers(ready, {
      shell,
      exporter,
      follow: (incident) => void followed.add(incident),
      describeDesk,
      deskChanged: () => publish('desk.changed', describeDesk()),
      sweep,
      verifications,
      checkEvidence,
      checkEvidenceLater: (...check) => void checkEvidence(...check).catch(logged('Evidence was not hashed again')),
    })
    ready.practice.onEnded(() => publish('desk.changed', describeDesk()))
    ready.desk.onNews(tell)
    ready.storage.onChanged((health) => publish('storage.health', health))
    ready.storage.onBackupProgress((progress) => publish('storage.backup', progress))
    const { vault } = ready
    vault.onChanged(() => {
      void vault.status().then((status) => publish('vault.changed', status), logged('The vault cannot be told'))
    })
    void vault.start().catch(logged('The vault was not opened'))
    const answer = createAnswerer(handlers, log)
    return {
      answer: (name: string, argument: string) => {
        vault.touch()
        return answer(name, argument)
      },
      board: () => ready.desk.ask('board'),
      forgetWindow: () => followed.clear(),
      rest: () => ready.sweeps.cool(null),
    }
  }
}
