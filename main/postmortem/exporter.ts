import { basename } from 'node:path'
import type { Person } from '../../shared/journal/header.ts'
import type { ExportFormat } from '../../shared/postmortem/entries.ts'
import type { DeskClient } from '../desk/desk-client.ts'
import { runVerification } from '../journal/run-verification.ts'
import { writeOutside } from '../outside-file.ts'

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
    const { format, bytes, head } = made
    const { sha256 } = await writeOutside({ dataFolder: this.#dataFolder, path, what: 'the post-mortem' }, bytes)
    await this.#desk.ask(
      'recordExport',
      incident,
      { format, name: basename(path), size: bytes.length, sha256, head },
      by,
    )
    return { path, sha256, head }
  }

  async #render(incident: string, format: Exclude<ExportFormat, 'pdf'>) {
    const { ok, entries, problems } = await runVerification(this.#dataFolder, { states: false })
    return this.#desk.ask('renderPostmortem', incident, format, { ok, entries, problems })
  }
}
