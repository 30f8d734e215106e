import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { packJsonSchemaText } from '../shared/packs/json-schema.ts'
import { root } from './project.ts'

/** The JSON Schema of packs, which editors read. */
export const packSchemaFile: string = path.join(root, 'assets', 'packs', 'muster.dev.v1.schema.json')

/** What is wrong with that file; empty where it says what Muster's own schema says. */
export function stalePackSchema(): string {
  const written = existsSync(packSchemaFile) ? readFileSync(packSchemaFile, 'utf8') : ''
  if (written === packJsonSchemaText()) return ''
  return `${path.relative(root, packSchemaFile)} is not what the schema of packs says. Write it anew: npm run schema`
}
