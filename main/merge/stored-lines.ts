import { z } from 'zod'
import type { Connection } from '../journal/sqlite.ts'
import { type Line, lineSchema } from './incident-file.ts'
import { UnfitEntry } from './line-check.ts'

const columns = [
  'incident',
  'chain',
  'seq',
  'lamport',
  'at',
  'happened_at',
  'clock',
  'mode',
  'actor',
  'recorded_by',
  'kind',
  'version',
  'body_hash',
  '"after"',
  'prev',
  'hash',
].join(', ')

const rowSchema = z.looseObject({
  chain: z.string(),
  seq: z.int(),
  clock: z.string(),
  actor: z.string(),
  recorded_by: z.string(),
  after: z.string(),
  salt: z.instanceof(Uint8Array).nullable(),
  bytes: z.instanceof(Uint8Array).nullable(),
})

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The entries of an incident as lines of its file, in the order of the fold. Throws `UnfitEntry` for a row that is none. */
export function* readLines(db: Connection, incident: string): Generator<Line> {
  const rows = db.prepare<[string]>(
    `SELECT ${columns}, b.salt, b.bytes FROM entry e LEFT JOIN body b ON b.entry = e.id
     WHERE incident = ? ORDER BY lamport, chain, seq`,
  )
  for (const row of rows.iterate(incident)) yield readRow(row)
}

function readRow(row: unknown): Line {
  const { bytes, salt, ...header } = rowSchema.parse(row)
  try {
    return lineSchema.parse({
      ...header,
      clock: json(header.clock),
      actor: json(header.actor),
      recorded_by: json(header.recorded_by),
      after: json(header.after),
      salt: salt === null ? null : Buffer.from(salt).toString('hex'),
      body: bytes === null ? null : utf8.decode(bytes),
    })
  } catch (error) {
    if (!(error instanceof z.ZodError || error instanceof SyntaxError || error instanceof TypeError)) throw error
    throw new UnfitEntry(`Entry ${header.seq} of chain ${header.chain} is not of the journal's form.`, { cause: error })
  }
}

function json(text: string): unknown {
  return JSON.parse(text)
}
