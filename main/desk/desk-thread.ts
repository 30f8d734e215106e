import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { RefusalError } from '../../shared/refusal.ts'
import { systemClock } from '../journal/clock.ts'
import { journalFile } from '../journal/journal-store.ts'
import { runCheck } from '../journal/run-check.ts'
import { Desk } from './desk.ts'
import type { Question, Reply } from './desk-messages.ts'
import { answerQuestion, type Questions } from './questions.ts'

/** How often the journal is asked whether another process has written, in ms: 1.6 µs a look. */
const LOOK_EVERY_MS = 50
const RING_EVERY_MS = 1_000
/** How often the journal's file is looked after, in ms. */
const TEND_EVERY_MS = 1_000

const { folder, rings } = z.object({ folder: z.string(), rings: z.boolean() }).parse(workerData)
const port = parentPort
if (port === null) throw new Error('The journal thread was started without a parent')

function send(reply: Reply): void {
  port?.postMessage(reply)
}

let desk: Desk
try {
  desk = new Desk(folder, systemClock)
} catch (error) {
  send({ kind: 'failed', ...told(error) })
  throw error
}

function told(error: unknown) {
  if (error instanceof RefusalError) return { refusal: error.refusal, bug: null }
  return { refusal: null, bug: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}

function tellArrivals(): void {
  for (const arrivals of desk.arrivals()) send({ kind: 'arrived', ...arrivals })
}

async function answer(question: Question & { op: keyof Questions }): Promise<void> {
  const reply = await answerQuestion(desk, question.op, question.args).then(
    (value): Reply => ({ kind: 'answered', id: question.id, value }),
    (error: unknown): Reply => ({ kind: 'refused', id: question.id, ...told(error) }),
  )
  // What the call wrote is told before it is answered: whoever asked finds it in place. That the telling fails
  // (an entry that cannot be read) says nothing about the call: what was kept is kept.
  tellWhatArrived()
  tellCondition()
  send(reply)
}

let wasRunner = false

/** A failure of the rounds (a full disk) is told, and the next round tries again. */
function round(work: () => void): () => void {
  let lastFailure = ''
  return () => {
    try {
      work()
      lastFailure = ''
    } catch (error) {
      const failure = told(error)
      const text = failure.bug ?? failure.refusal.happened
      if (text !== lastFailure) send({ kind: 'trouble', text })
      lastFailure = text
    }
  }
}

const tellWhatArrived = round(tellArrivals)

let toldCondition = JSON.stringify([null, null])

function tellCondition(): void {
  const { readOnly, remark } = desk.condition
  const condition = JSON.stringify([readOnly, remark])
  if (condition !== toldCondition) send({ kind: 'journal', readOnly, remark })
  toldCondition = condition
}

async function checkFile(): Promise<void> {
  try {
    desk.checked(await runCheck(journalFile(folder)))
    tellCondition()
  } catch (error) {
    send({ kind: 'trouble', text: `The journal's file was not checked: ${told(error).bug ?? ''}` })
  }
}

const looking = setInterval(
  round(() => desk.onForeignCommits(tellArrivals)),
  LOOK_EVERY_MS,
)

desk.anchors.onTrouble = (text) => send({ kind: 'trouble', text })
const anchorHour = round(() => desk.anchors.anchorHour())

const ring = round(() => {
  if (!rings) return
  const isRunner = desk.isRunner()
  if (isRunner !== wasRunner) send({ kind: 'runner', runner: isRunner })
  wasRunner = isRunner
  if (!isRunner) return
  anchorHour()
  desk.ringDue((alarms) => {
    tellWhatArrived()
    send({ kind: 'alarms', alarms })
  })
})
const becomeRunner = round(() => {
  wasRunner = rings && desk.isRunner()
})
becomeRunner()
const finishErasing = round(() => desk.erasure.finish())
finishErasing()
send({ kind: 'ready', runner: wasRunner })
tellCondition()
// A terminal is gone before the check is done; the next window makes it.
if (rings && desk.condition.isCheckDue) void checkFile()
const tending = setInterval(
  round(() => {
    desk.tend()
    tellCondition()
  }),
  TEND_EVERY_MS,
)
const ringing = setInterval(() => {
  ring()
  finishErasing()
}, RING_EVERY_MS)
ring()

/** An anchor that is being written is soon there; a folder that is not reached keeps nobody. */
async function close(id: number): Promise<void> {
  await desk.anchors.settle()
  desk.close()
  send({ kind: 'answered', id, value: null })
}

port.on('message', (question: Question) => {
  if (question.op === 'close') {
    clearInterval(looking)
    clearInterval(ringing)
    clearInterval(tending)
    void close(question.id)
    return
  }
  void answer({ ...question, op: question.op })
})
