import { createReadStream, statSync, writeSync } from 'node:fs'
import { EvidenceStore } from '../../../main/evidence/evidence-store.ts'

/**
 * A process that keeps one file as evidence and says its hash, then by how many bytes its memory grew at the most:
 * `node ingest-process.ts DATA-FOLDER FILE`. It says 'ready' before it begins.
 */
const [folder = '', file = ''] = process.argv.slice(2)
const store = new EvidenceStore(folder, () => 64 * 1024 ** 3)
// What is loaded once, and the first pages of every buffer, are there before.
await store.keep(Buffer.alloc(9 * 1_048_576, 'warm'))
const before = process.memoryUsage.rss()
let most = before
const watch = setInterval(() => {
  most = Math.max(most, process.memoryUsage.rss())
}, 5)
writeSync(1, 'ready\n')
const source = createReadStream(file, { highWaterMark: 1_048_576 })
const { bundle } = await store.keep(source, { form: 'file', size: statSync(file).size })
clearInterval(watch)
writeSync(1, `${bundle} ${most - before} ${most}\n`)
