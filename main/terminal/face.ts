import { userInfo } from 'node:os'
import type { Person } from '../../shared/journal/header.ts'
import { personNamed } from '../desk/settings.ts'
import type { Services } from '../services.ts'

/** Options that every command takes. */
export interface GlobalOptions {
  readonly data: string
  readonly as?: string
  readonly json?: boolean
}

/** What every command of the terminal shares: where it works, who types, and how it speaks. */
export interface Face {
  readonly services: Services
  readonly by: Person
  /** One answer: its JSON with `--json`, else its lines. */
  readonly say: (json: unknown, lines: readonly string[]) => void
  /** Progress and remarks: on standard error, so that answers can be piped. */
  readonly remark: (line: string) => void
}

/** How a command gets at the data folder. The work answers false where verification failed. */
export interface Opening {
  withFace(options: GlobalOptions, work: (face: Face) => Promise<boolean>): Promise<void>
}

/** `--as NAME`, else the name that this desk knows, else the login name. */
export function personOf(named: string | undefined, services: Services): Person {
  if (named !== undefined) return personNamed(named)
  return services.settings.operator ?? personNamed(userInfo().username)
}
