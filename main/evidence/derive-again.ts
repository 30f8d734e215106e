import { type EngineSnapshot, engineSnapshotSchema } from '../../shared/docker/snapshot.ts'
import { deriveFindings } from '../../shared/findings/derive-findings.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import { deriveHygiene } from '../../shared/findings/hygiene.ts'
import { refuse } from '../../shared/refusal.ts'

/** What today's rules say of a snapshot that was kept. */
export interface Derived {
  /** When it was taken, ISO UTC: the moment that the rules judge by. */
  readonly takenAt: string
  readonly engine: string
  readonly findings: readonly Finding[]
  /** What is untidy and no sign of an incident. */
  readonly hygiene: readonly Finding[]
}

/** The name of a sweep's snapshot among the items of its bundle. */
export const snapshotName = 'snapshot.json'

/** Derives findings from the bytes of a snapshot alone. Refuses `bad-input` where they are none. */
export function deriveAgain(bytes: Uint8Array): Derived {
  const snapshot = snapshotIn(bytes)
  const now = Date.parse(snapshot.takenAt)
  return {
    takenAt: snapshot.takenAt,
    engine: snapshot.endpoint.name,
    findings: deriveFindings(snapshot, now),
    hygiene: deriveHygiene(snapshot, now),
  }
}

function snapshotIn(bytes: Uint8Array): EngineSnapshot {
  const parsed = engineSnapshotSchema.safeParse(jsonIn(bytes))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw notASnapshot(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    throw notASnapshot('It is not JSON.')
  }
}

function notASnapshot(why: string) {
  return refuse('bad-input', {
    tried: 'Derive findings from evidence',
    happened: `The item is no snapshot of an engine. ${why.slice(0, 300)}`,
    next: `Name the bundle of a sweep; its item ${snapshotName} is the snapshot.`,
  })
}
