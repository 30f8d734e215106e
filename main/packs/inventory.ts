import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { messageOf } from '../../shared/message-of.ts'
import type { Requirement } from '../../shared/packs/coverage.ts'
import { refuse } from '../../shared/refusal.ts'

const rowSchema = z.looseObject({
  id: z.string().min(1).max(40),
  seed: z.string().min(1).max(200),
  kind: z.string().min(1).max(100),
  title: z.string().max(2_000),
})

/** The largest inventory that is read, in bytes. */
export const inventoryBytesCap = 8 * 1_048_576

/** Requirements out of a CSV with the columns id, seed, kind and title, among others. Refuses `bad-input` with the line. */
export function readInventory(text: string, file: string): Requirement[] {
  const rows = recordsOf(text, file)
  const seen = new Set<string>()
  return rows.map(({ record, info: { lines } }) => {
    const parsed = rowSchema.safeParse(record)
    if (!parsed.success) throw notTaken(file, lines, z.prettifyError(parsed.error).replaceAll('\n', ' '))
    const { id, seed, kind, title } = parsed.data
    if (seen.has(id)) throw notTaken(file, lines, `The id ${id} stands twice.`)
    seen.add(id)
    return { id, seed, kind, title }
  })
}

interface Line {
  readonly record: unknown
  readonly info: { readonly lines: number }
}

function recordsOf(text: string, file: string): Line[] {
  try {
    return parse<Line>(text, { bom: true, columns: true, info: true, skip_empty_lines: true, max_record_size: 100_000 })
  } catch (cause) {
    throw refuse('bad-input', {
      tried: `Read the inventory ${file}`,
      happened: messageOf(cause),
      next: 'Give a CSV with the columns id, seed, kind and title.',
      cause,
    })
  }
}

function notTaken(file: string, line: number, happened: string) {
  return refuse('bad-input', {
    tried: `Read the inventory ${file}`,
    happened: `Line ${line}: ${happened}`,
    next: 'Give a CSV with the columns id, seed, kind and title, and each id once.',
  })
}
