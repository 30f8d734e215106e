import { appendFile, mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { messageOf } from '../shared/message-of.ts'

const MAX_BYTES = 4 * 1024 * 1024
const MAX_LINE_CHARACTERS = 4_000
const MAX_WAITING_LINES = 1_000

/**
 * A log that never grows over 8 MiB on disk: one file and the one before it. Lines are written in order, in the
 * background; a log that cannot be written must stop nothing, so the first failure is told once and the rest is dropped.
 */
export function openLogFile(file: string, onFailure: (why: string) => void): (what: string) => void {
  let waiting: string[] = []
  let isWriting = false
  let isBroken = false

  async function write(): Promise<void> {
    isWriting = true
    try {
      await mkdir(dirname(file), { recursive: true, mode: 0o700 })
      while (waiting.length > 0) {
        const text = waiting.join('')
        waiting = []
        await turnOver(file)
        await appendFile(file, text, { mode: 0o600 })
      }
    } catch (error) {
      isBroken = true
      onFailure(`The log ${file} cannot be written: ${messageOf(error)}`)
    } finally {
      isWriting = false
    }
  }

  return (what) => {
    if (isBroken || waiting.length >= MAX_WAITING_LINES) return
    waiting.push(`${new Date().toISOString()} ${what.replaceAll(/[\r\n]+/g, ' | ').slice(0, MAX_LINE_CHARACTERS)}\n`)
    if (!isWriting) void write()
  }
}

async function turnOver(file: string): Promise<void> {
  const found = await stat(file).catch(missing)
  if (found === null || found.size < MAX_BYTES) return
  await rm(`${file}.old`, { force: true })
  await rename(file, `${file}.old`)
}

function missing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
