import { compareEntries } from '../../shared/journal/chain.ts'
import { EvidenceStore } from '../evidence/evidence-store.ts'
import { journalFile } from '../journal/journal-store.ts'
import { type Connection, openConnection } from '../journal/sqlite.ts'
import { type Line, NamedBundles, unfitFile } from './incident-file.ts'
import { compareWithJournal, type MergedEntries } from './merge-entries.ts'
import { readIncidentFile } from './read-incident-file.ts'

/** What became of the evidence in a file. */
export interface ImportedEvidence {
  /** New here, known here, and not taken over as an entry says that it was erased. */
  readonly taken: number
  readonly known: number
  readonly erased: number
  /** Named by the entries, and neither in the file nor here: it stayed behind at the other desk. */
  readonly missing: number
}

export interface Imported extends MergedEntries {
  readonly evidence: ImportedEvidence
}

/**
 * Imports one incident: the file is read whole and checked, its evidence kept, and then `merge` is called to put its entries
 * into the journal (`sha256` is that of the entries that were checked). Where anything is refused, by the file, the disk or
 * `merge`, nothing of it stays; where `merge` fails once the entries are in the journal, their evidence stays with them. Not
 * for the main thread nor the journal thread.
 */
export async function importIncident(
  { dataFolder, file }: { readonly dataFolder: string; readonly file: string },
  merge: (sha256: string) => Promise<MergedEntries>,
): Promise<Imported> {
  const db = openConnection(journalFile(dataFolder), 'read')
  const store = new EvidenceStore(dataFolder)
  const taken: string[] = []
  const found = new Set<string>()
  let inFile = new NamedBundles()
  let gone: ReadonlySet<string> = new Set()
  let erased = 0
  try {
    const { sha256 } = await readIncidentFile(file, {
      onEntries: (read) => {
        compareWithJournal(db, file, read)
        inFile = NamedBundles.of(read.lines)
        gone = NamedBundles.of(withThoseHere(db, read.manifest.incident, read.lines)).erased
      },
      takeBundle: async (stored, source, size) => {
        const { bundle } = stored
        if (!inFile.named.has(bundle)) throw unfitFile('damaged', file, `No entry of it names the evidence ${bundle}.`)
        if (gone.has(bundle)) {
          erased += 1
          return pass(source)
        }
        found.add(bundle)
        const here = await store.check(bundle)
        if (here === 'match') return pass(source)
        await store.keepStored(stored, source, size)
        // One that was here and damaged is mended, whatever becomes of the rest.
        if (here === 'missing') taken.push(bundle)
      },
    })
    const merged = await merge(sha256)
    const kept = [...inFile.named].filter((bundle) => !gone.has(bundle))
    const missing = kept.filter((bundle) => !found.has(bundle) && store.find(bundle) === null).length
    return { ...merged, evidence: { taken: taken.length, known: found.size - taken.length, erased, missing } }
  } catch (error) {
    // An entry may name it all the same: what failed came after the merge, or somebody kept the same bytes meanwhile.
    const kept = keptHere(db)
    for (const bundle of taken) if (!kept.has(bundle)) store.erase(bundle)
    throw error
  } finally {
    db.close()
  }
}

type PlacedLine = Pick<Line, 'lamport' | 'chain' | 'seq' | 'kind' | 'body'>

/** What the journal here says of the evidence of an incident, among the lines that come, in the order of the fold. */
function withThoseHere(db: Connection, incident: string, lines: readonly PlacedLine[]): PlacedLine[] {
  const here = db
    .prepare<[string], PlacedLine>(
      `SELECT lamport, chain, seq, kind, CAST(b.bytes AS TEXT) AS body FROM entry JOIN body b ON b.entry = id
       WHERE incident = ? AND kind IN ('erased', 'evidence-kept')`,
    )
    .all(incident)
  return [...here, ...lines].toSorted(compareEntries)
}

/** The bundles that any entry of the journal here says were kept. */
function keptHere(db: Connection): ReadonlySet<string | null> {
  return new Set(
    db
      .prepare<[], string | null>(
        `SELECT json_extract(CAST(b.bytes AS TEXT), '$.bundle') FROM entry JOIN body b ON b.entry = id
         WHERE kind = 'evidence-kept'`,
      )
      .pluck()
      .all(),
  )
}

async function pass(source: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _part of source) continue
}
