import { rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { Person } from '../../shared/journal/header.ts'
import type { ExportFormat } from '../../shared/postmortem/entries.ts'
import { refuse } from '../../shared/refusal.ts'
import type { DeskClient } from '../desk/desk-client.ts'
import { runVerification } from '../journal/run-verification.ts'
import { sha256 } from '../journal/sha256.ts'
import { isOwnFile } from './own-files.ts'
import { syncFolder } from '../synced-folder.ts'

/** A post-mortem ready to be written. `head`: the hash of the last entry that it tells of. */
export interface MadeExport {
  readonly format: ExportFormat
  /** A file name that fits it. */
  readonly name: string
  readonly bytes: Uint8Array
  readonly head: string
}

export interface WrittenExport {
  readonly path: string
  readonly sha256: string
  readonly head: string
}

/** Makes post-mortems of the incidents of one data folder and writes them. */
export class Exporter {
  readonly #desk: DeskClient
  readonly #dataFolder: string
  readonly #printToPdf: (html: string) => Promise<Uint8Array>

  constructor(desk: DeskClient, dataFolder: string, printToPdf: (html: string) => Promise<Uint8Array>) {
    this.#desk = desk
    this.#dataFolder = dataFolder
    this.#printToPdf = printToPdf
  }

  /** The same head gives the same Markdown, HTML and JSON, byte for byte. */
  async make(incident: string, format: ExportFormat): Promise<MadeExport> {
    const rendered = await this.#render(incident, format === 'pdf' ? 'html' : format)
    const bytes = format === 'pdf' ? await this.#printToPdf(rendered.text) : Buffer.from(rendered.text, 'utf8')
    return { format, name: `${rendered.name}.${format}`, bytes, head: rendered.head }
  }

  async html(incident: string): Promise<string> {
    const { text } = await this.#render(incident, 'html')
    return text
  }

  /** Writes the file whole or not at all, then enters the export into the journal. */
  async write(incident: string, made: MadeExport, path: string, by: Person): Promise<WrittenExport> {
    if (await isOwnFile(this.#dataFolder, path)) throw ownFile(path)
    const temporary = `${path}.${process.pid}.part`
    try {
      await writeFile(temporary, made.bytes, { mode: 0o600, flush: true })
      await rename(temporary, path)
      syncFolder(dirname(path))
    } catch (error) {
      await rm(temporary, { force: true })
      throw refuse('storage', {
        tried: `Write the post-mortem to ${path}`,
        happened: error instanceof Error ? error.message : String(error),
        next: 'Choose a folder that exists, that you may write to, and that has room.',
        cause: error,
      })
    }
    const { format, head } = made
    const hash = sha256(made.bytes)
    await this.#desk.ask(
      'recordExport',
      incident,
      { format, name: basename(path), size: made.bytes.length, sha256: hash, head },
      by,
    )
    return { path, sha256: hash, head }
  }

  async #render(incident: string, format: Exclude<ExportFormat, 'pdf'>) {
    const { ok, entries, problems } = await runVerification(this.#dataFolder, { states: false })
    return this.#desk.ask('renderPostmortem', incident, format, { ok, entries, problems })
  }
}

function ownFile(path: string) {
  return refuse('not-allowed', {
    tried: `Write the post-mortem to ${path}`,
    happened: "This is a file of Muster's own. Nothing was written.",
    next: 'Choose another name or folder.',
  })
}
