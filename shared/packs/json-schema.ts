import { z } from 'zod'
import { packShapeSchema } from './pack-shape.ts'

/**
 * The form of a pack as JSON Schema (draft 2020-12), for editors that complete and check while somebody types. What it
 * cannot say (names that must be there, hidden characters, patterns) `muster packs lint` says.
 */
export function packJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(packShapeSchema, { io: 'input', reused: 'ref' })
  return {
    $schema,
    $id: 'muster.dev.v1.schema.json',
    title: 'Runbook pack of Muster, muster.dev/v1',
    ...schema,
  }
}

/** As it stands in its file. */
export function packJsonSchemaText(): string {
  return `${JSON.stringify(packJsonSchema(), null, 1)}\n`
}
