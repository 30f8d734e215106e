import { mkdirSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { createEvidence } from '../../../main/evidence/evidence-client.ts'

/**
 * A process that keeps one file as evidence and says its hash, then by how many bytes its memory grew at the most:
 * `node ingest-process.ts DATA-FOLDER FILE [sealed]`. It says 'ready' before it begins.
 */
const [folder = '', file = '', form = 'open'] = process.argv.slice(2)
const key = { vault: '01KQXJ5ZT3M8V4N0S7E2R9W6YA', salt: '00'.repeat(32), key: new Uint8Array(32) }
const evidence = createEvidence(folder)
const startedAt = '2026-11-21T03:00:00.000Z'
mkdirSync(folder, { recursive: true })
// What is loaded once is there before.
const small = join(folder, 'small.txt')
writeFileSync(small, 'a line of text\n'.repeat(10_000))
await evidence.ask('keepFile', [small, startedAt])
const before = process.memoryUsage.rss()
let most = before
const watch = setInterval(() => {
  most = Math.max(most, process.memoryUsage.rss())
}, 5)
writeSync(1, 'ready\n')
const bundle =
  form === 'sealed'
    ? (await evidence.ask('keepFileSealed', [file, startedAt, key])).raw?.bundle
    : (await evidence.ask('keepFile', [file, startedAt])).bundle
clearInterval(watch)
writeSync(1, `${bundle} ${most - before} ${most}\n`)
await evidence.close()
