import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EvidenceStore } from '../../main/evidence/evidence-store.ts'
import { ingestApart, killedIngest, sparseFile, textFile } from '../main/evidence/ingest.ts'

/** Files of 2 GiB kept in less than 64 MiB of memory, and 40 writers killed while they keep it. */
const MiB = 1_048_576
const root = mkdtempSync(join(tmpdir(), 'muster-soak-'))
try {
  const file = join(root, 'file')
  const data = join(root, 'data')
  const store = new EvidenceStore(data)
  for (const [what, write] of [
    ['a log', textFile],
    ['no text', sparseFile],
  ] as const) {
    write(file, 2_048 * MiB)
    const { bundle, grownBytes, wholeBytes } = await ingestApart(data, file)
    const check = await store.check(bundle)
    const [grown, whole] = [grownBytes, wholeBytes].map((bytes) => (bytes / MiB).toFixed(0))
    console.log(`2 GiB, ${what}: ${check}, ${grown} MiB of memory more than before, ${whole} MiB in all`)
    if (check !== 'match' || grownBytes >= 64 * MiB) process.exitCode = 1
    store.erase(bundle)
  }
  let left = 0
  for (let trial = 0; trial < 40; trial += 1) {
    await killedIngest(data, file, trial * 60)
    left += store.removeLeftovers()
    for (const { bundle: kept } of store.list()) {
      if ((await store.check(kept)) !== 'match') process.exitCode = 1
      store.erase(kept)
    }
  }
  console.log(
    `40 writers killed, ${left} left a part behind, which the next start took away; ${process.exitCode ?? 0} problems`,
  )
} finally {
  rmSync(root, { recursive: true, force: true })
}
