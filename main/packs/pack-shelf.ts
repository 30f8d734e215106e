import { mkdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf } from '../../shared/message-of.ts'
import type { PackDiff, PackLinted, PackOrigin, PackSummary } from '../../shared/packs/calls.ts'
import { diffPacks } from '../../shared/packs/diff.ts'
import { maskHidden } from '../../shared/packs/text.ts'
import { type Refusal, RefusalError, refuse } from '../../shared/refusal.ts'
import { writeWhole } from '../whole-file.ts'
import { borrowedProblem, borrowedRefusals } from './borrowed-severities.ts'
import { type LintNews, lintAllApart, lintApart, type PackFile } from './lint.ts'
import { type LoadedPack, problemsRefusal } from './pack-file.ts'
import { filesCap, listPackFiles, loadPacks, packNamed, type Packs, readPackBytes, sameId } from './packs.ts'

/**
 * The packs of a desk: those that ship with Muster, and those that its people imported, which lie as `packs/ID.yaml` in
 * the data folder, each beside the version before it in `packs/previous/`. A shipped id stays the shipped pack's.
 */
export class PackShelf implements Packs {
  readonly #folder: string
  readonly #shipped: Packs
  #imported: Packs = { packs: [], refused: [] }
  /** Names, sizes and times of the files that were read last. */
  #seen = ''
  /** Changes one after the other. */
  #changing: Promise<unknown> = Promise.resolve()

  private constructor(folder: string, shipped: Packs) {
    this.#folder = folder
    this.#shipped = shipped
  }

  /** Reads both folders; packs of the desk that cannot be taken are among the refused. */
  static async open(shippedFolder: string, dataFolder: string): Promise<PackShelf> {
    const shelf = new PackShelf(join(dataFolder, 'packs'), await loadPacks(shippedFolder))
    await shelf.#refresh()
    return shelf
  }

  get packs(): readonly LoadedPack[] {
    return [...this.#shipped.packs, ...this.#imported.packs].toSorted((a, b) => (a.pack.id < b.pack.id ? -1 : 1))
  }

  /** Files that could not be taken; and packs that were, but whose borrowed severities are not those of their lender. */
  get refused(): readonly Refusal[] {
    return [...this.#shipped.refused, ...this.#imported.refused, ...borrowedRefusals(this.packs)]
  }

  /** Reads the desk's own folder again if another process changed it since. Answers whether it did. */
  refresh(): Promise<boolean> {
    return this.#change(() => this.#refresh())
  }

  /** Every pack in a line, in the order of their ids. */
  summaries(): PackSummary[] {
    return this.packs.map((loaded) => this.#summary(loaded))
  }

  /** What an import of this file would say and change; nothing is kept. */
  async lint(bytes: Uint8Array, file: string): Promise<PackLinted> {
    const linted = await lintApart(bytes, maskHidden(file))
    await this.refresh()
    if ('problems' in linted) return { pack: null, problems: [...linted.problems], diff: null }
    const borrowed = borrowedProblem(linted.loaded, this.packs)
    if (borrowed !== null) return { pack: null, problems: [borrowed], diff: null }
    const { pack, hash } = linted.loaded
    const { id, title, version } = pack
    return { pack: { id, title, version, hash }, problems: [], diff: this.#diffTo(linted.loaded) }
  }

  /** Takes a file among the packs of this desk. Refuses one with a problem, and one with the id of a shipped pack. */
  import(bytes: Uint8Array, file: string): Promise<{ pack: PackSummary; diff: PackDiff | null }> {
    return this.#change(async () => {
      const name = maskHidden(file)
      const linted = await lintApart(bytes, name)
      await this.#refresh()
      if ('problems' in linted) throw problemsRefusal(name, linted.problems)
      const borrowed = borrowedProblem(linted.loaded, this.packs)
      if (borrowed !== null) throw problemsRefusal(name, [borrowed])
      const { id } = linted.loaded.pack
      if (this.#origin(id) === 'shipped') throw idIsShipped(name, id)
      const before = this.#importedPack(id)
      if (before === undefined && this.#imported.packs.length >= filesCap) throw shelfIsFull(name)
      const loaded: LoadedPack = { ...linted.loaded, file: `${id}.yaml` }
      if (before?.hash !== loaded.hash) await this.#put(loaded, before)
      // A file of that name that could not be read was replaced, so all are read again.
      if (this.#imported.refused.length > 0) await this.#refresh()
      else await this.#hold([...this.#imported.packs.filter(({ pack }) => pack.id !== id), loaded])
      return { pack: this.#summary(loaded), diff: before === undefined ? null : diffPacks(before, loaded) }
    })
  }

  /** Takes an imported pack away; the version that was there stays as the previous one. Refuses what is not imported. */
  remove(id: string): Promise<void> {
    return this.#change(async () => {
      await this.#refresh()
      const { pack } = packNamed(this.packs, id)
      if (this.#origin(pack.id) === 'shipped') throw shippedStays(pack.id)
      await this.#onDisk(`Remove the pack '${pack.id}'`, async () => {
        await mkdir(this.#previous(), { recursive: true, mode: 0o700 })
        await rename(this.#file(pack.id), join(this.#previous(), `${pack.id}.yaml`))
      })
      await this.#hold(this.#imported.packs.filter((one) => one.pack.id !== pack.id))
    })
  }

  /** What the last import of a pack changed; null where no version before it is kept. */
  async diff(id: string): Promise<PackDiff | null> {
    const now = packNamed(this.packs, id)
    if (this.#origin(now.pack.id) === 'shipped') return null
    const file = `${now.pack.id}.yaml`
    const bytes = await readPackBytes(join(this.#previous(), file), file).catch(refusedAs(null))
    const linted = bytes === null ? null : await lintApart(bytes, file)
    return linted === null || 'problems' in linted ? null : diffPacks(linted.loaded, now)
  }

  #diffTo(loaded: LoadedPack): PackDiff | null {
    const before = this.#importedPack(loaded.pack.id)
    return before === undefined ? null : diffPacks(before, loaded)
  }

  #importedPack(id: string): LoadedPack | undefined {
    return this.#imported.packs.find(({ pack }) => pack.id === id)
  }

  #origin(id: string): PackOrigin {
    return this.#shipped.packs.some(({ pack }) => pack.id === id) ? 'shipped' : 'imported'
  }

  #summary({ pack, hash }: LoadedPack): PackSummary {
    return { id: pack.id, title: pack.title, version: pack.version, hash, origin: this.#origin(pack.id) }
  }

  #file(id: string): string {
    return join(this.#folder, `${id}.yaml`)
  }

  #previous(): string {
    return join(this.#folder, 'previous')
  }

  /** The new file is whole or not there; the old one is kept before it goes. */
  async #put(loaded: LoadedPack, before: LoadedPack | undefined): Promise<void> {
    const { id } = loaded.pack
    await this.#onDisk(`Keep the pack '${id}'`, async () => {
      await mkdir(this.#previous(), { recursive: true, mode: 0o700 })
      if (before !== undefined) await writeWhole(join(this.#previous(), `${id}.yaml`), before.bytes)
      await writeWhole(this.#file(id), loaded.bytes)
    })
  }

  /** What this process changed itself need not be read again. */
  async #hold(packs: readonly LoadedPack[]): Promise<void> {
    this.#imported = { ...this.#imported, packs }
    this.#seen = await this.#signature()
  }

  async #refresh(): Promise<boolean> {
    const there = await this.#signature()
    if (there === this.#seen && there !== unlisted) return false
    this.#imported = await this.#read()
    this.#seen = there
    return true
  }

  async #signature(): Promise<string> {
    const files = await listPackFiles(this.#folder, { orNone: true }).catch(refusedAs(null))
    if (files === null) return unlisted
    const parts = files.map(async (file) => {
      const { size, mtimeMs, ino } = await stat(join(this.#folder, file)).catch(() => ({ size: 0, mtimeMs: 0, ino: 0 }))
      return `${file}/${size}/${mtimeMs}/${ino}`
    })
    return (await Promise.all(parts)).join('\n')
  }

  async #read(): Promise<Packs> {
    const packs: LoadedPack[] = []
    const refused: Refusal[] = []
    const attempt = async (work: () => void | Promise<void>) => {
      try {
        await work()
      } catch (error) {
        if (!(error instanceof RefusalError)) throw error
        refused.push(error.refusal)
      }
    }
    const files: PackFile[] = []
    let names: readonly string[] = []
    // A folder that cannot be listed keeps nobody from the shipped packs.
    await attempt(async () => void (names = await listPackFiles(this.#folder, { orNone: true })))
    // Where case is told apart, the file that an import writes goes before another of its name.
    names = names.toSorted((a, b) => Number(a !== a.toLowerCase()) - Number(b !== b.toLowerCase()))
    for (const name of names) {
      const file = maskHidden(name)
      await attempt(async () => void files.push({ bytes: await readPackBytes(join(this.#folder, name), file), file }))
    }
    const news = await lintAllApart(files)
    for (const [index, { file }] of files.entries())
      await attempt(() => void packs.push(this.#taken(file, news[index], packs)))
    return { packs, refused }
  }

  /** What was read of a file, if it may stand beside the others. */
  #taken(file: string, news: LintNews | undefined, others: readonly LoadedPack[]): LoadedPack {
    if (news === undefined) throw new Error(`the lint of ${file} gave no answer`)
    if (news.kind === 'refused') throw new RefusalError(news.refusal)
    if ('problems' in news.linted) throw problemsRefusal(file, news.linted.problems)
    const { loaded } = news.linted
    if (this.#origin(loaded.pack.id) === 'shipped') throw idIsShipped(file, loaded.pack.id)
    const same = others.find(({ pack }) => pack.id === loaded.pack.id)
    if (same !== undefined) throw sameId(loaded, same)
    // Under another name an update would stand beside it and a removal miss it. Not all folders tell case apart.
    if (file.toLowerCase() !== `${loaded.pack.id}.yaml`) throw wrongName(loaded)
    return loaded
  }

  #change<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const changed = this.#changing.then(work)
    // One that failed keeps nobody behind it from theirs.
    this.#changing = changed.catch(() => undefined)
    return changed
  }

  async #onDisk(tried: string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (cause) {
      throw refuse('storage', {
        tried,
        happened: messageOf(cause),
        next: `Check that there is room in ${this.#folder} and that it may be written.`,
        cause,
      })
    }
  }
}

/** Stands for a folder that could not be listed: what it holds is not known, so it is looked at again each time. */
const unlisted = '?'

/** What takes the place of a refusal; anything else goes on. */
function refusedAs<Value>(value: Value) {
  return (error: unknown): Value => {
    if (error instanceof RefusalError) return value
    throw error
  }
}

function idIsShipped(file: string, id: string): RefusalError {
  return refuse('not-allowed', {
    tried: `Take the pack ${file}`,
    happened: `Its id '${id}' is that of a pack that ships with Muster.`,
    next: `Give it an id of its own, such as 'our-${id}'. What your organisation adds to a shipped runbook fits in an overlay.`,
  })
}

function wrongName({ file, pack }: LoadedPack): RefusalError {
  return refuse('bad-input', {
    tried: `Read the pack ${file}`,
    happened: `It holds the pack '${pack.id}', whose file is called ${pack.id}.yaml.`,
    next: `Import it, or rename it to ${pack.id}.yaml.`,
  })
}

function shippedStays(id: string): RefusalError {
  return refuse('not-allowed', {
    tried: `Remove the pack '${id}'`,
    happened: 'It ships with Muster.',
    next: 'Leave it; a pack that nobody declares with does nothing.',
  })
}

function shelfIsFull(file: string): RefusalError {
  return refuse('too-large', {
    tried: `Take the pack ${file}`,
    happened: `This desk holds ${filesCap} imported packs.`,
    next: 'Remove one that nobody uses.',
  })
}
