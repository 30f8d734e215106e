import type { EvidenceStore } from '../evidence/evidence-store.ts'
import type { FoundBundle } from './verify.ts'

export interface CheckedEvidence {
  /** How many bundles were hashed again. */
  readonly bundles: number
  readonly erasures: readonly string[]
  readonly problems: readonly string[]
}

/** Told how many more bytes were hashed. */
interface Watching {
  readonly signal: AbortSignal
  readonly onBytes: (bytes: number) => void
}

const wordsOf = { missing: 'missing', mismatch: 'not what was kept (MISMATCH)' } as const

/** Hashes every kept bundle again, once however many incidents hold it; one that all of them erased must be gone. */
export async function checkEvidence(
  store: EvidenceStore,
  found: readonly FoundBundle[],
  { signal, onBytes }: Watching,
): Promise<CheckedEvidence> {
  const problems: string[] = []
  const erasures: string[] = []
  let bundles = 0
  for (const [bundle, holders] of byBundle(found)) {
    signal.throwIfAborted()
    const name = `the evidence ${bundle.slice(0, 12)}…`
    for (const { number, erasedBy } of holders) {
      if (erasedBy !== null) erasures.push(`${number}: ${name} erased by ${erasedBy}.`)
    }
    const keepers = holders.filter(({ erasedBy }) => erasedBy === null)
    if (keepers.length === 0) {
      if (store.find(bundle) !== null) {
        const [first] = holders
        problems.push(`${first?.number}: ${name} is still there, and ${first?.erasedBy} says that it was erased.`)
      }
      continue
    }
    bundles += 1
    const check = await store.check(bundle, { signal, onBytes }).catch((error: unknown) => {
      signal.throwIfAborted()
      return error instanceof Error ? error : new Error(String(error))
    })
    if (check === 'match') continue
    const words = check instanceof Error ? `not readable: ${check.message}` : wordsOf[check]
    problems.push(...keepers.map(({ number }) => `${number}: ${name} is ${words}.`))
  }
  return { bundles, erasures, problems }
}

/** How many bytes there are to hash, as the journal has it. */
export function bytesOf(found: readonly FoundBundle[]): number {
  let bytes = 0
  for (const holders of byBundle(found).values()) {
    if (holders.some(({ erasedBy }) => erasedBy === null)) bytes += holders[0]?.size ?? 0
  }
  return bytes
}

function byBundle(found: readonly FoundBundle[]): Map<string, FoundBundle[]> {
  const bundles = new Map<string, FoundBundle[]>()
  for (const one of found) bundles.set(one.bundle, [...(bundles.get(one.bundle) ?? []), one])
  return bundles
}
