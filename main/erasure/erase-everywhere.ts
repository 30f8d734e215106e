import { existsSync } from 'node:fs'
import type { Person } from '../../shared/journal/header.ts'
import { indexFile } from '../search/index-file.ts'
import type { Services } from '../services.ts'
import type { Erased } from './erasure.ts'

/** So long an erasure waits for the search index to follow; after that it goes on beside. */
const FOLLOW_WITHIN_MS = 10_000

/** Erases the text of an entry from the journal, then waits until the search index has followed. Refusals are those of `Erasure`. */
export async function eraseEntry(
  services: Services,
  { id, entry, reason, approver }: { id: string; entry: string; reason: string; approver: string },
  by: Person,
): Promise<Erased> {
  return followed(services, await services.desk.ask('eraseEntry', id, entry, reason, approver, by))
}

/** As `eraseEntry`, for the bytes of evidence, whose text may be in the search index too. */
export async function eraseEvidence(
  services: Services,
  { id, bundle, reason, approver }: { id: string; bundle: string; reason: string; approver: string },
  by: Person,
): Promise<Erased> {
  return followed(services, await services.desk.ask('eraseEvidence', id, bundle, reason, approver, by))
}

async function followed({ dataFolder, search }: Services, erased: Erased): Promise<Erased> {
  // Where nobody ever searched there is no index, and none is made for this.
  if (!existsSync(indexFile(dataFolder))) return erased
  // That the index cannot be used says nothing against the erasure, which is in the journal.
  const caughtUp = search.caughtUp().then(
    () => true,
    () => false,
  )
  const { promise: late, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => resolve(false), FOLLOW_WITHIN_MS)
  try {
    const hasFollowed = await Promise.race([caughtUp, late])
    return { ...erased, isGone: erased.isGone && hasFollowed }
  } finally {
    clearTimeout(timer)
  }
}
