import { migration0001 } from './migrations/0001-journal.ts'
import { migration0002 } from './migrations/0002-erasure.ts'

/** Every step of the journal's shape, oldest first. A step that was released is never edited again. */
export const migrations = [migration0001, migration0002] as const
