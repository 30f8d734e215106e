import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { type Anchor, anchorText } from '../../shared/anchors/anchor.ts'
import { RefusalError, refuse } from '../../shared/refusal.ts'
import type { BackupMade, BackupProgress } from '../../shared/storage/health.ts'
import { ANCHORS_FILE } from '../anchors/own-anchors.ts'
import { EvidenceStore } from '../evidence/evidence-store.ts'
import { copyJournal } from '../journal/copy-journal.ts'
import { headsOf } from '../journal/heads.ts'
import { journalFile } from '../journal/journal-store.ts'
import { openConnection } from '../journal/sqlite.ts'
import { StoredRows } from '../journal/stored-rows.ts'
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
  // Before the entries: no anchor then speaks of one that came later.
  if (existsSync(join(dataFolder, ANCHORS_FILE))) {
    await copyFile(join(dataFolder, ANCHORS_FILE), join(unfinished, ANCHORS_FILE), signal)
  }
  for (const path of runbookFiles(dataFolder)) {
    await copyFile(join(dataFolder, path), join(unfinished, path), signal)
  }
  const here = new EvidenceStore(dataFolder)
  const journal = journalFile(unfinished)
  const progress = new Progress(onProgress)
  await copyJournal({ from: journalFile(dataFolder), to: journal, signal, onPart: (part) => progress.entries(part) })

  // After the entries: each of them finds its evidence, as that was kept before it.
  const files = here.list()
  progress.evidence(
    0,
    files.reduce((sum, { size }) => sum + size, 0),
  )
  const damaged: string[] = []
  const there = new EvidenceStore(unfinished, () => Number.MAX_SAFE_INTEGER)
  for (const { bundle, size } of files) {
    signal.throwIfAborted()
    if (!(await copyBundle(bundle, here, there))) damaged.push(bundle)
    progress.evidence(size)
  }

  progress.syncing()
  const { manifest, anchor } = describe(unfinished, { there, nowMs, damaged })
  await writeFile(join(unfinished, ANCHOR), anchorText(anchor), { mode: 0o600, flush: true })
  await writeFile(join(unfinished, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true })
  const bytes = await writeSums(unfinished, signal)
  syncFolders(unfinished)
  signal.throwIfAborted()
  finish(unfinished, target)
  const { at, incidents, entries, problems } = manifest
  return { folder: target, at, incidents, entries, files: manifest.evidence, bytes, problems }
}

/** What people of this desk made of runbooks: imported packs, overlays, and what places and targets are bound to. */
function runbookFiles(dataFolder: string): string[] {
  const below = ['packs', 'overlays']
    .filter((name) => existsSync(join(dataFolder, name)))
    .flatMap((name) => filesBelow(join(dataFolder, name)).map((path) => `${name}/${path}`))
    // A file that another process is writing has its name once it is whole.
    .filter((path) => path.endsWith('.yaml'))
  return existsSync(join(dataFolder, 'bindings.json')) ? [...below, 'bindings.json'] : below
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
  known: { there: EvidenceStore; nowMs: number; damaged: readonly string[] },
): { manifest: Manifest; anchor: Anchor } {
  const { there, nowMs, damaged } = known
  const db = openConnection(journalFile(folder), 'read')
  try {
    const rows = new StoredRows(db)
    const desk = rows.ledger()
    if (desk === null) throw new Error('A journal with a shape and without a ledger')
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
  readonly #said: { -readonly [Key in keyof BackupProgress]: BackupProgress[Key] }
  #saidAtMs = -Infinity

  constructor(say: (progress: BackupProgress) => void) {
    this.#say = say
    this.#said = { step: 'entries', part: 0, bytes: 0, of: 0 }
  }

  entries(part: number): void {
    this.#said.part = part
    this.#tell('entries')
  }

  evidence(bytes: number, of = this.#said.of): void {
    this.#said.bytes += bytes
    this.#said.of = of
    this.#tell('evidence')
  }

  syncing(): void {
    this.#tell('syncing')
  }

  #tell(step: BackupProgress['step']): void {
    const nowMs = performance.now()
    if (step === this.#said.step && nowMs - this.#saidAtMs < 100) return
    this.#saidAtMs = nowMs
    this.#said.step = step
    this.#say({ ...this.#said })
  }
}

function cancelled(target: string): RefusalError {
  return refuse('cancelled', {
    tried: `Back up to ${target}`,
    happened: 'Somebody cancelled it. Nothing of it was left.',
    next: 'Back up again when there is time.',
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
