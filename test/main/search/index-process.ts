import { SearchIndex } from '../../../main/search/search-index.ts'

/** Follows the journal of a folder until it is killed: `node index-process.ts FOLDER`. Says once that it has begun. */
const index = new SearchIndex(process.argv[2] ?? '', { entries: 256, evidence: 256 })
process.stdout.write('begun\n')
for (;;) {
  index.follow()
  await index.readEvidence(performance.now(), async () => {})
  await new Promise((resolve) => setImmediate(resolve))
}
