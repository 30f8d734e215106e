import { userInfo } from 'node:os'
import type { Person } from '../../shared/journal/header.ts'
import { refuse } from '../../shared/refusal.ts'
import { personNamed } from '../desk/settings.ts'
import type { PackShelf } from '../packs/pack-shelf.ts'
import type { Services } from '../services.ts'
import type { SecretsChoice } from './typed-secrets.ts'

/** Options that every command takes. */
export interface GlobalOptions {
  /** Absent where this user has no home to put it in. */
  readonly data?: string
  readonly as?: string
  readonly json?: boolean
  /** What to do with typed text that looks like a secret; without it that is refused. */
  readonly secrets?: SecretsChoice
  /** Writes what a commander does though another desk has command; without it that is refused. */
  readonly allTheSame?: boolean
}

/** How a command speaks. */
export interface Speaker {
  /** One answer: its JSON with `--json`, else its lines. */
  readonly say: (json: unknown, lines: readonly string[]) => void
  /** What is its own form already, such as a schema, to standard output as it is. */
  readonly write: (text: string) => void
  /** Progress and remarks: on standard error, so that answers can be piped. */
  readonly remark: (line: string) => void
}

/** What a command that works with the desk has: the services of its data folder, and who types. */
export interface Face extends Speaker {
  readonly services: Services
  readonly by: Person
  readonly secrets: SecretsChoice
}

/** How a command ends: false where verification failed, 'refused' where it has said itself what it does not take. */
export type Ending = boolean | 'refused'

/** How a command gets at the data folder. */
export interface Opening {
  /** For what needs no data folder. */
  withSpeaker(options: GlobalOptions, work: (speaker: Speaker) => Promise<Ending>): Promise<void>
  /** Opens the packs alone, and no journal. */
  withShelf(
    options: GlobalOptions,
    work: (speaker: Speaker, shelf: PackShelf, dataFolder: string) => Promise<Ending>,
  ): Promise<void>
  /** Opens nothing: for what must not write, or must work where the journal cannot be opened. */
  withFolder(options: GlobalOptions, work: (speaker: Speaker, dataFolder: string) => Promise<boolean>): Promise<void>
  withFace(options: GlobalOptions, work: (face: Face) => Promise<boolean>): Promise<void>
}

/** `--as NAME`, else the name that this desk knows, else the login name. */
export function personOf(named: string | undefined, services: Services): Person {
  if (named !== undefined) return personNamed(named)
  return services.settings.operator ?? personNamed(loginName())
}

/** A user without an entry in the system's list of users has no name there. */
function loginName(): string {
  try {
    return userInfo().username
  } catch (error) {
    throw refuse('bad-input', {
      tried: 'Find out who types',
      happened: 'The system knows no name for this user.',
      next: 'Say who types: --as NAME.',
      cause: error,
    })
  }
}
