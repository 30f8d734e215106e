import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { packJsonSchemaText } from '../shared/packs/json-schema.ts'
import { root } from './project.ts'

/**
 * `npm run schema`: writes the JSON Schema of packs, for editors, out of the schema that Muster reads them by.
 * `node workshop/schema.ts --check` only compares: exit 1 where the file is not what would be written.
 */
const file = path.join(root, 'assets', 'packs', 'muster.dev.v1.schema.json')
const text = packJsonSchemaText()
const shown = path.relative(root, file)

if (!process.argv.includes('--check')) {
  writeFileSync(file, text)
  console.log(`Wrote ${shown}.`)
} else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
  console.log(`${shown} is not what the schema of packs says. Write it anew: npm run schema`)
  process.exitCode = 1
}
