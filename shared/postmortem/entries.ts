import { z } from 'zod'
import { sha256Schema } from '../journal/header.ts'
import type { EntryOf, Kind } from '../journal/kind.ts'

export const exportFormatSchema = z.enum(['md', 'html', 'pdf', 'json', 'csv'])

const exportedSchema = z.strictObject({
  format: exportFormatSchema,
  name: z.string(),
  size: z.int(),
  sha256: sha256Schema,
  head: sha256Schema,
})

/**
 * The post-mortem, or with `csv` its timeline, left the desk. `head` is the hash of the last entry that it tells of.
 * Version 1 knew no CSV.
 */
export const exportedKind: Kind<'exported', z.infer<typeof exportedSchema>> = {
  kind: 'exported',
  version: 2,
  body: exportedSchema,
  upcast: (body) => body,
}

export type ExportFormat = z.infer<typeof exportFormatSchema>
export type PostmortemEntry = EntryOf<typeof exportedKind>
export type Exports = readonly {
  readonly at: string
  readonly format: ExportFormat
  readonly name: string
  readonly head: string
}[]

export const emptyExports: Exports = []

export function stepPostmortem(exports: Exports, entry: PostmortemEntry): Exports {
  const { format, name, head } = entry.body
  return [...exports, { at: entry.at, format, name, head }]
}
