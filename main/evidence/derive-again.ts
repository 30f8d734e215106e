import { type EngineSnapshot, engineSnapshotSchema } from '../../shared/docker/snapshot.ts'
import type { KeptLook } from '../../shared/findings/calls.ts'
import { deriveFindings } from '../../shared/findings/derive-findings.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import { lookOf } from '../../shared/findings/kept-look.ts'
import { refuse } from '../../shared/refusal.ts'

/** What today's rules say of a snapshot that was kept. */
export interface Derived extends KeptLook {
  readonly engine: string
  readonly findings: readonly Finding[]
}

/** The name of a sweep's snapshot among the items of its bundle. */
export const snapshotName = 'snapshot.json'

/** Derives findings from the bytes of a snapshot alone. Refuses `bad-input` where they are none. */
export function deriveAgain(bytes: Uint8Array): Derived {
  const snapshot = snapshotIn(bytes)
  const now = Date.parse(snapshot.takenAt)
  return {
    ...lookOf(snapshot, now),
    engine: snapshot.endpoint.name,
    findings: deriveFindings(snapshot, now),
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
