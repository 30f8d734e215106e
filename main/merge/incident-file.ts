import { z } from 'zod'
import {
  chainIdSchema,
  entrySchema,
  modeSchema,
  seenHeadSchema,
  sha256Schema,
  ulidSchema,
} from '../../shared/journal/header.ts'
import { refuse, type RefusalError } from '../../shared/refusal.ts'
import { readStoredName, type StoredName, storedName } from '../evidence/stored-file.ts'

/** The form of the file with which an incident goes from desk to desk; `docs/merging.md` describes it. */
export const INCIDENT_FORMAT = 'muster.dev/incident/1'

/** The members of the tar, in the order in which they stand in it; the evidence is between the entries and the sums. */
export const memberNames = { manifest: 'incident.json', entries: 'entries.jsonl', sums: 'SHA256SUMS' } as const

/** What is taken from a file that somebody brings, at most. A desk's own journal is far from each. */
export const limits = {
  manifestBytes: 1_048_576,
  /** A body of 1 MiB may take six bytes a character once its JSON is written as text. */
  lineBytes: 16 * 1_048_576,
  entriesBytes: 512 * 1_048_576,
  entries: 1_000_000,
  /** Each entry names the heads of all other chains: at so many it is 64 kB. Each desk, and each restore, begins one. */
  chains: 500,
  bundles: 100_000,
} as const

/** The file's first member. Nothing in it depends on when or where it was written: the same heads give the same bytes. */
export const manifestSchema = z.strictObject({
  format: z.literal(INCIDENT_FORMAT),
  incident: ulidSchema,
  number: z.string().max(100),
  mode: modeSchema,
  /** The version of Muster that wrote the file. */
  muster: z.string().max(100),
  entries: z.int().min(1).max(limits.entries),
  /** The newest entry of every chain, by chain. */
  heads: z.array(seenHeadSchema).min(1).max(limits.chains),
})

/**
 * One line of `entries.jsonl`: the header's columns, the entry's place in its chain, and the body's text exactly as it was
 * hashed; `salt` and `body` are null once the body was erased.
 */
export const lineSchema = z.strictObject({
  ...entrySchema.omit({ body: true }).shape,
  salt: chainIdSchema.nullable(),
  body: z.string().nullable(),
})

export type Manifest = z.infer<typeof manifestSchema>
export type Line = z.infer<typeof lineSchema>

export function bundleMember(stored: StoredName): string {
  return `evidence/${stored.bundle.slice(0, 2)}/${storedName(stored)}`
}

/** Which bundle a member of the tar is; null for a name that no bundle has. */
export function readBundleMember(name: string): StoredName | null {
  const stored = readStoredName(name.slice('evidence/ab/'.length))
  return stored !== null && bundleMember(stored) === name ? stored : null
}

/** A line of `SHA256SUMS`, as `sha256sum` writes and reads it (GNU coreutils 9, text mode). */
export function sumLine(hash: string, name: string): string {
  return `${hash}  ${name}\n`
}

type NamingLine = Pick<Line, 'kind' | 'body'>

/** Bundles of evidence that entries speak of: all of them, and those whose bytes were erased and not kept again since. */
export class NamedBundles {
  readonly named = new Set<string>()
  readonly erased = new Set<string>()

  /** Lines come in the order of the fold. */
  static of(lines: Iterable<NamingLine>): NamedBundles {
    const bundles = new NamedBundles()
    for (const line of lines) bundles.take(line)
    return bundles
  }

  take({ kind, body }: NamingLine): void {
    if (body === null || !(kind === 'erased' || kind.startsWith('evidence-'))) return
    const bundle = namesBundle.safeParse(JSON.parse(body)).data?.bundle
    if (bundle === undefined) return
    if (kind === 'erased') this.erased.add(bundle)
    else this.named.add(bundle)
    if (kind === 'evidence-kept') this.erased.delete(bundle)
  }
}

/** Read as loosely as that, a body of a newer Muster still tells which bytes belong to it. */
const namesBundle = z.looseObject({ bundle: sha256Schema })

/** A refusal about a file that somebody brings. `happened` says what is wrong with it. */
export function unfitFile(code: 'bad-input' | 'damaged' | 'unsupported', file: string, happened: string): RefusalError {
  return refuse(code, {
    tried: `Import the incident of ${file}`,
    happened: `${happened} Nothing was taken over.`,
    next:
      code === 'unsupported'
        ? 'Update Muster here, then import it again.'
        : 'Bring the file again, or let the other desk export it anew: muster journal export ID --out FILE.',
  })
}
