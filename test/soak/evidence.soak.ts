import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EvidenceStore } from '../../main/evidence/evidence-store.ts'
import { ingestApart, killedIngest, sparseFile } from '../main/evidence/ingest.ts'

/** A file of 2 GiB kept in less than 64 MiB of memory, and 40 writers killed while they keep it. */
const MiB = 1_048_576
const root = mkdtempSync(join(tmpdir(), 'muster-soak-'))
try {
  const file = join(root, 'file')
  sparseFile(file, 2_048 * MiB)
  const data = join(root, 'data')
  const { bundle, grownBytes, wholeBytes } = await ingestApart(data, file)
  const store = new EvidenceStore(data)
  const check = await store.check(bundle)
  console.log(
    `2 GiB: ${check}, ${(grownBytes / MiB).toFixed(0)} MiB of memory more than before, ${(wholeBytes / MiB).toFixed(0)} MiB in all`,
  )
  if (check !== 'match' || grownBytes >= 64 * MiB) process.exitCode = 1
  store.erase(bundle)
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
