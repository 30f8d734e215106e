import { z } from 'zod'
import { sha256Schema } from '../journal/header.ts'
import { type EntryOf, kindOf } from '../journal/kind.ts'

export const exportFormatSchema = z.enum(['md', 'html', 'pdf', 'json'])

/** The post-mortem left the desk. `head` is the hash of the last entry that it tells of. */
export const exportedKind = kindOf(
  'exported',
  z.strictObject({
    format: exportFormatSchema,
    name: z.string(),
    size: z.int(),
    sha256: sha256Schema,
    head: sha256Schema,
  }),
)

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
