import type { Trouble } from '../../shared/storage/health.ts'
import { RefusalError } from '../../shared/refusal.ts'

/** What stands in the mirror's way, in words, from an error of SQLite or of the file system. Bugs are thrown on. */
export function troubleOf(error: unknown): Trouble {
  const code = codeOf(error)
  if (code !== null) {
    const known = wordsOf.find(([pattern]) => pattern.test(code))
    if (known !== undefined) return { happened: known[1], next: known[2] }
  }
  if (error instanceof RefusalError) return { happened: error.refusal.happened, next: error.refusal.next }
  if (code === null) throw error
  const happened = error instanceof Error ? error.message : code
  return { happened, next: 'Look at the folder. Muster tries again by itself.' }
}

/** The mirror is written no more: a person must decide. */
export function isFinal(error: unknown): boolean {
  return error instanceof RefusalError && ['not-allowed', 'unsupported', 'damaged'].includes(error.refusal.code)
}

function codeOf(error: unknown): string | null {
  const cause = error instanceof RefusalError ? error.cause : error
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : null
}

const again = 'Muster catches up by itself.'
const wordsOf: readonly (readonly [RegExp, string, string])[] = [
  [/^(ENOENT|ENOTDIR|ENODEV|ENXIO)$/, 'the folder is not there', `Plug it in or mount it. ${again}`],
  [/^(ENOSPC|EDQUOT|SQLITE_FULL)$/, 'its disk is full', `Make room there. ${again}`],
  [/^(EACCES|EPERM|EROFS|SQLITE_READONLY.*|SQLITE_PERM)$/, 'it cannot be written', `Make it writable. ${again}`],
  [
    /^(SQLITE_BUSY.*|SQLITE_LOCKED.*)$/,
    'another program keeps its journal locked',
    `Close whatever has it open. ${again}`,
  ],
  [
    /^(EIO|SQLITE_IOERR.*|SQLITE_CANTOPEN.*|ESTALE|EHOSTDOWN|ETIMEDOUT)$/,
    'its disk does not read or write',
    `Check the disk, the cable or the network. ${again}`,
  ],
  [
    /^(SQLITE_CORRUPT.*|SQLITE_NOTADB)$/,
    'its journal is damaged',
    'Choose another folder for the mirror, and keep this one: `muster verify --data FOLDER` says what it holds.',
  ],
]
