import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { open, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { type Anchor, anchorText } from '../../shared/anchors/anchor.ts'
import { RefusalError, refuse } from '../../shared/refusal.ts'
import type { BackupMade, BackupProgress } from '../../shared/storage/health.ts'
import { ANCHORS_FILE } from '../anchors/own-anchors.ts'
import { EvidenceStore } from '../evidence/evidence-store.ts'
import { openCopy } from '../journal/copy-connection.ts'
import { headsOf } from '../journal/heads.ts'
import { journalFile } from '../journal/journal-store.ts'
import { openConnection } from '../journal/sqlite.ts'
import { RowCopier, StoredRows } from '../journal/stored-rows.ts'
import { syncFolder } from '../synced-folder.ts'
import { toolName } from '../version.ts'
import { copyFile, filesBelow, hashFile, syncFolders } from './file-copy.ts'
import { ANCHOR, MANIFEST, type Manifest, SUMS, spellSums } from './manifest.ts'

interface Options {
  readonly dataFolder: string
  /** The backup's own folder; it must not be there yet. */
  readonly target: string
  readonly nowMs: number
  readonly onProgress: (progress: BackupProgress) => void
  readonly signal: AbortSignal
}

/**
 * Backs a data folder up while others write it: entries, evidence, the heads, and sums that `sha256sum -c` accepts. It
 * stands under its name only once it is whole and synced. Rejects with a refusal, and leaves nothing then.
 */
export async function makeBackup(options: Options): Promise<BackupMade> {
  const target = resolve(options.target)
  const unfinished = beginIn(options.dataFolder, target)
  try {
    return await fill(unfinished, target, options)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    if (error instanceof RefusalError) throw error
    if (options.signal.aborted) throw cancelled(target)
    if (error instanceof Error && 'code' in error) throw notTaken(target, error)
    throw error
  }
}

async function fill(unfinished: string, target: string, options: Options): Promise<BackupMade> {
  const { dataFolder, nowMs, onProgress, signal } = options
  const original = openConnection(journalFile(dataFolder), 'read')
  try {
    const rows = new StoredRows(original)
    const desk = rows.ledger()
    if (desk === null) throw nothingThere(dataFolder)
    // Before the entries: no anchor then speaks of one that came later.
    if (existsSync(join(dataFolder, ANCHORS_FILE))) {
      await copyFile(join(dataFolder, ANCHORS_FILE), join(unfinished, ANCHORS_FILE), signal)
    }
    const here = new EvidenceStore(dataFolder)
    const files = here.list()
    const evidence = files.reduce((sum, { size }) => sum + size, 0)
    const progress = new Progress(rows.last(), evidence, onProgress)

    await copyRows(rows, journalFile(unfinished), progress, signal)
    const damaged: string[] = []
    const there = new EvidenceStore(unfinished, () => Number.MAX_SAFE_INTEGER)
    for (const { bundle, size } of files) {
      signal.throwIfAborted()
      if (!(await copyBundle(bundle, here, there))) damaged.push(bundle)
      progress.copied(size)
    }

    progress.syncing()
    const { manifest, anchor } = describe(unfinished, { there, desk, nowMs, damaged })
    await writeFile(join(unfinished, ANCHOR), anchorText(anchor), { mode: 0o600, flush: true })
    await writeFile(join(unfinished, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true })
    const bytes = await writeSums(unfinished, signal)
    syncFolders(unfinished)
    signal.throwIfAborted()
    finish(unfinished, target)
    const { at, incidents, entries, problems } = manifest
    return { folder: target, at, incidents, entries, files: manifest.evidence, bytes, problems }
  } finally {
    original.close()
  }
}

/**
 * The same rows in the same order: entries are only ever added, so what was copied is whole at every moment, and nobody
 * waits. No sync until the end: until then it stands under a name that nobody takes for a backup.
 */
async function copyRows(rows: StoredRows, file: string, progress: Progress, signal: AbortSignal): Promise<void> {
  const { db } = openCopy(file)
  try {
    db.pragma('journal_mode = MEMORY')
    db.pragma('synchronous = OFF')
    const copier = new RowCopier(db)
    const last = rows.last()
    for (let done = 0; done < last; ) {
      signal.throwIfAborted()
      done = copier.copyNext(rows).at(-1)?.id ?? last
      progress.reached(done)
      await turn()
    }
    db.pragma('journal_mode = DELETE')
  } finally {
    db.close()
  }
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** False where it is damaged. One that is gone meanwhile was erased; what is missing otherwise is found at the end. */
async function copyBundle(bundle: string, here: EvidenceStore, there: EvidenceStore): Promise<boolean> {
  try {
    await here.copyTo(bundle, there)
    return true
  } catch (error) {
    if (error instanceof RefusalError && error.refusal.code === 'damaged') return false
    throw error
  }
}

/** What the copy holds, read from the copy. */
function describe(
  folder: string,
  known: { there: EvidenceStore; desk: string; nowMs: number; damaged: readonly string[] },
): { manifest: Manifest; anchor: Anchor } {
  const { there, desk, nowMs, damaged } = known
  const db = openConnection(journalFile(folder), 'read')
  try {
    const rows = new StoredRows(db)
    const heads = headsOf(db).map(({ incident, chain, seq, hash }) => ({ incident, chain, seq, hash }))
    const at = new Date(nowMs).toISOString()
    const kept = new Set(there.list().map(({ bundle }) => bundle))
    const lost = rows.keptBundles().filter((bundle) => !kept.has(bundle))
    const manifest: Manifest = {
      muster_backup: 1,
      made_by: toolName,
      at,
      desk,
      incidents: new Set(heads.map(({ incident }) => incident).filter((incident) => incident !== desk)).size,
      entries: rows.last(),
      heads,
      evidence: kept.size,
      problems: lost.map((bundle) => {
        const how = damaged.includes(bundle) ? 'damaged' : 'missing'
        return `The evidence ${bundle.slice(0, 12)}… is ${how} here: it is not in the backup.`
      }),
    }
    return { manifest, anchor: anchorOf(at, desk, heads) }
  } finally {
    db.close()
  }
}

function anchorOf(made: string, desk: string, heads: Manifest['heads']): Anchor {
  const byIncident = Map.groupBy(heads, ({ incident }) => incident)
  const anchored = Array.from(byIncident, ([incident, of]) => ({
    incident,
    number: null,
    heads: of.map(({ chain, seq, hash }) => ({ chain, seq, hash })),
  }))
  return {
    made,
    ledger: anchored.find(({ incident }) => incident === desk) ?? null,
    incidents: anchored.filter(({ incident }) => incident !== desk),
  }
}

async function writeSums(folder: string, signal: AbortSignal): Promise<number> {
  const sums = new Map<string, string>()
  let bytes = 0
  for (const path of filesBelow(folder)) {
    sums.set(path, await hashFile(join(folder, path), signal))
    bytes += statSync(join(folder, path)).size
  }
  await writeFile(join(folder, SUMS), spellSums(sums), { mode: 0o600, flush: true })
  return bytes
}

/** A folder of its own beside the target, which nobody takes for a backup. */
function beginIn(dataFolder: string, target: string): string {
  const tried = `Back up to ${target}`
  if (existsSync(target)) {
    throw refuse('bad-input', {
      tried,
      happened: 'Something of that name is there. Nothing was changed.',
      next: 'Name a folder that is not there yet: each backup gets its own.',
    })
  }
  if (!relative(resolve(dataFolder), target).startsWith('..')) {
    throw refuse('bad-input', {
      tried,
      happened: 'It lies in the data folder: what takes the one takes the other.',
      next: 'Name a folder on another disk, a stick or a share.',
    })
  }
  try {
    const unfinished = join(dirname(target), `${basename(target)}.unfinished-${randomBytes(4).toString('hex')}`)
    mkdirSync(unfinished, { mode: 0o700 })
    return unfinished
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw notTaken(target, error)
    throw error
  }
}

function finish(unfinished: string, target: string): void {
  // Renaming takes an empty folder's place without a word: it must not be there at all.
  if (existsSync(target)) throw notTaken(target, new Error('Something of that name came there meanwhile.'))
  renameSync(unfinished, target)
  syncFolder(dirname(target))
}

/** Counts for whoever looks on, a few times a second. */
class Progress {
  readonly #say: (progress: BackupProgress) => void
  readonly #totals: { readonly entries: number; readonly bytes: number }
  #entries = 0
  #bytes = 0
  #saidAtMs = -Infinity

  constructor(entries: number, bytes: number, say: (progress: BackupProgress) => void) {
    this.#totals = { entries, bytes }
    this.#say = say
  }

  reached(entries: number): void {
    this.#entries = Math.min(entries, this.#totals.entries)
    this.#tell('entries')
  }

  copied(bytes: number): void {
    this.#bytes = Math.min(this.#bytes + bytes, this.#totals.bytes)
    this.#tell('evidence')
  }

  syncing(): void {
    this.#saidAtMs = -Infinity
    this.#tell('syncing')
  }

  #tell(step: BackupProgress['step']): void {
    const nowMs = performance.now()
    if (nowMs - this.#saidAtMs < 100) return
    this.#saidAtMs = nowMs
    this.#say({
      entries: { done: this.#entries, total: this.#totals.entries },
      evidenceBytes: { done: this.#bytes, total: this.#totals.bytes },
      step,
    })
  }
}

function cancelled(target: string): RefusalError {
  return refuse('cancelled', {
    tried: `Back up to ${target}`,
    happened: 'Somebody cancelled it. Nothing of it was left.',
    next: 'Back up again when there is time.',
  })
}

function nothingThere(dataFolder: string): RefusalError {
  return refuse('not-found', {
    tried: `Back up ${dataFolder}`,
    happened: 'No desk has written a journal there yet.',
    next: 'Name the folder that holds the journal: --data FOLDER.',
  })
}

function notTaken(target: string, cause: Error): RefusalError {
  return refuse('storage', {
    tried: `Back up to ${target}`,
    happened: `${cause.message}. Nothing of it was left.`,
    next: 'Choose a folder that you may write to and that has room, then back up again.',
    cause,
  })
}
