import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { erasedKind } from '../../../shared/erasure/entries.ts'
import { draftOf } from '../../../shared/journal/kind.ts'
import { notedKind } from '../../../shared/notes/entries.ts'
import { chanceInt } from '../../../shared/exercises/chance.ts'
import { fileURLToPath } from 'node:url'
import { ana, Searched } from './searched.ts'

const indexProcess = fileURLToPath(new URL('./index-process.ts', import.meta.url))
const words = ['pool', 'disk', 'gateway', 'timeout']

/**
 * Kills processes that index, each at a random moment, and compares what the index that they leave finds with reading
 * everything. Throws at the first difference. Answers how many erased texts were looked for in the files.
 */
export async function killIndexers(trials: number, seed: number): Promise<number> {
  // Small shards, so that there are several.
  const desk = new Searched(undefined, { entries: 256, evidence: 256 })
  let [serial, secrets] = [0, 0]
  const note = (count: number) =>
    desk.append(
      ...Array.from({ length: count }, () => {
        serial += 1
        return draftOf(notedKind, { text: `${words[serial % words.length] ?? ''} ${serial} of ${serial % 97}` })
      }),
    )
  try {
    note(1_000)
    for (let trial = 0; trial < trials; trial += 1) {
      // Sometimes from the beginning, else from where the last one was killed.
      if (trial % 4 === 0) {
        for (const part of ['', '-wal', '-shm']) rmSync(join(desk.folder, `search.db${part}`), { force: true })
      }
      note(chanceInt([1, 60], seed, trial, 'notes'))
      if (trial % 5 === 2) await desk.keep({ [`log-${trial}`]: `pool ${trial} is empty\n`.repeat(2_000) })
      if (trial % 3 === 1) {
        secrets += 1
        const { hash } = desk.note(`hunter${trial}secret`)
        await runAndKill(desk.folder, chanceInt([0, 60], seed, trial, 'early'))
        desk.append(draftOf(erasedKind, { entry: hash, bundle: null, reason: 'a leak', approver: ana }))
      }
      await runAndKill(desk.folder, chanceInt([0, 250], seed, trial, 'late'))
      // What is there already is searched at once.
      desk.ask('pool', { limit: 500 })
      await desk.follow()
      compare(desk)
      desk.closeIndex()
    }
  } finally {
    desk.remove()
  }
  return secrets
}

function compare(desk: Searched): void {
  const notes = desk.journal.allEntries('01KAHB7Q7N8S3H9F0V6Z2M4XWC').flatMap(({ kind, body, hash }) => {
    const text = kind === 'noted' && body !== null ? (body as { text: string }).text : ''
    return [{ hash, words: text.split(' ') }]
  })
  for (const word of [...words, '13']) {
    const wanted = notes.filter((one) => one.words.includes(word)).map(({ hash }) => hash)
    const found = desk.ask(`${word} -is:evidence kind:noted`, { limit: 500 }).hits.map(({ hash }) => hash)
    assert.deepEqual(found, wanted.toReversed().slice(0, 500), `'${word}' finds something else`)
  }
  assert.deepEqual(desk.said('hunter*'), [])
  const raw = ['search.db', 'search.db-wal'].map((name) => readFileSync(join(desk.folder, name), 'latin1')).join('')
  assert.doesNotMatch(raw, /hunter\d+secret/)
}

async function runAndKill(folder: string, afterMs: number): Promise<void> {
  const child = spawn(process.execPath, [indexProcess, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  await Promise.race([once(child.stdout, 'data'), ended])
  await sleep(afterMs)
  child.kill('SIGKILL')
  await ended
}
