import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import type { Verification } from '../../shared/contract.ts'
import { EvidenceStore } from '../evidence/evidence-store.ts'
import { journalFile } from './journal-store.ts'
import { openConnection } from './sqlite.ts'
import { verifyJournal } from './verify.ts'

const { folder } = z.object({ folder: z.string() }).parse(workerData)
const startedAt = performance.now()

const db = openConnection(journalFile(folder), 'read')
const journal = verifyJournal(db)
db.close()

const problems = [...journal.problems]
const store = new EvidenceStore(folder)
for (const { bundle, number } of journal.bundles) {
  const result = await store.check(bundle)
  if (result !== 'match') {
    problems.push(
      `${number}: the evidence ${bundle.slice(0, 12)}… is ${result === 'missing' ? 'missing' : 'not what was kept (MISMATCH)'}.`,
    )
  }
}

const verification: Verification = {
  ok: problems.length === 0,
  chains: journal.chains,
  entries: journal.entries,
  bundles: journal.bundles.length,
  problems,
  limits: [
    'Whoever can write this folder can rebuild all of it from the beginning, or cut off its newest entries together with the ledger. Compare the heads with a copy outside (an export, a printed page, a message) to see that.',
  ],
  heads: journal.heads.map(({ incident, number, seq, hash }) => ({ incident, number, seq, hash })),
  tookMs: Math.round(performance.now() - startedAt),
}
parentPort?.postMessage(verification)
