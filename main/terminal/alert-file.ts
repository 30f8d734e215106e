import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Alert, readAlert } from '../../shared/incident/alert.ts'
import { messageOf } from '../../shared/message-of.ts'
import { RefusalError, refuse } from '../../shared/refusal.ts'
import type { Face } from './face.ts'

/** One byte more than `readAlert` takes tells that it is too large. */
const CAP_BYTES = 1_048_577
/** A pipe that says nothing for so long is not waited for. */
const SILENT_MS = 60_000

/** Reads `--alert FILE`; '-' is standard input. Refuses what cannot be read, is empty or larger than 1 MiB. */
export async function alertIn(file: string): Promise<Alert> {
  const tried = file === '-' ? 'Read the alert from standard input' : `Read the alert in ${file}`
  const bytes = await (file === '-' ? fromInput(tried) : fromFile(file)).catch((error: unknown) => {
    if (error instanceof RefusalError) throw error
    const happened = messageOf(error)
    throw refuse('bad-input', { tried, happened, next: 'Name a file that you may read.', cause: error })
  })
  const read = readAlert(bytes.toString('utf8'), Date.now())
  if (read.ok) return read.alert
  const { code, happened, next } = read.refusal
  throw refuse(code, { tried, happened, next })
}

/** Puts the alert into the timeline, and the whole of it into the evidence where it is long. Answers that evidence's hash. */
export async function keepAlert({ services, by }: Face, incident: string, alert: Alert): Promise<string | null> {
  await services.desk.ask('note', incident, alert.note, alert.startedAt, by)
  if (alert.whole === null) return null
  const folder = await mkdtemp(join(tmpdir(), 'muster-alert-'))
  try {
    const isText = alert.mode === 'text' || alert.mode === 'prometheus'
    const path = join(folder, isText ? 'alert.txt' : 'alert.json')
    await writeFile(path, alert.whole, { mode: 0o600, flag: 'wx' })
    const { bundle } = await services.evidence.attachFile({ incident, path, note: null }, by)
    return bundle
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function fromFile(file: string): Promise<Buffer> {
  const handle = await open(file, 'r')
  try {
    const buffer = Buffer.alloc(CAP_BYTES)
    let size = 0
    while (size < CAP_BYTES) {
      const { bytesRead } = await handle.read(buffer, size, CAP_BYTES - size, null)
      if (bytesRead === 0) break
      size += bytesRead
    }
    return buffer.subarray(0, size)
  } finally {
    await handle.close()
  }
}

async function fromInput(tried: string): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  let timer: NodeJS.Timeout | undefined
  const silent = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () =>
        reject(
          refuse('timed-out', { tried, happened: 'Nothing came to its end within a minute.', next: 'Name a file.' }),
        ),
      SILENT_MS,
    )
  })
  const whole = (async () => {
    for await (const part of process.stdin) {
      parts.push(part as Buffer)
      size += (part as Buffer).length
      if (size >= CAP_BYTES) break
    }
    return Buffer.concat(parts)
  })()
  try {
    return await Promise.race([whole, silent])
  } finally {
    clearTimeout(timer)
    process.stdin.destroy()
  }
}
