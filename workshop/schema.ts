import { writeFileSync } from 'node:fs'
import { packJsonSchemaText } from '../shared/packs/json-schema.ts'
import { packSchemaFile } from './pack-schema.ts'

/** `npm run schema`: writes the JSON Schema of packs, for editors, out of the schema that Muster reads them by. */
writeFileSync(packSchemaFile, packJsonSchemaText())
console.log(`Wrote ${packSchemaFile}.`)
