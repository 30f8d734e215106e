import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { jsonOrNull } from '../../shared/json-or-null.ts'
import { messageOf } from '../../shared/message-of.ts'
import { refuse } from '../../shared/refusal.ts'
import { type Bind, type PackBindings, packBindingsSchema, type Unbind } from '../../shared/targets/calls.ts'
import { codeOf } from '../error-code.ts'
import { writeWhole } from '../whole-file.ts'

const fileSchema = z.strictObject({ version: z.literal(1), packs: z.record(z.string(), packBindingsSchema) })
type Stored = z.infer<typeof fileSchema>

const capBytes = 1_048_576
const none: PackBindings = { places: {}, targets: {} }

/**
 * What places and targets are bound to, in `bindings.json` of the data folder. It holds addresses and names, no secret.
 * Each change replaces the file whole, so that a crash leaves the one before or the one after.
 */
export class BindingStore {
  readonly #folder: string
  #changing: Promise<unknown> = Promise.resolve()

  constructor(folder: string) {
    this.#folder = folder
  }

  /** The bindings of a pack. Refuses (`damaged`) where the file is not what Muster wrote. */
  async read(pack: string): Promise<PackBindings> {
    const { packs } = await this.#load()
    return Object.hasOwn(packs, pack) ? (packs[pack] ?? none) : none
  }

  bind(bind: Bind): Promise<void> {
    return this.#change(bind.pack, ({ places, targets }) =>
      bind.is === 'place'
        ? { places: { ...places, [bind.id]: bind.binding }, targets }
        : { places, targets: { ...targets, [bind.id]: bind.binding } },
    )
  }

  unbind({ is, pack, id }: Unbind): Promise<void> {
    return this.#change(pack, ({ places, targets }) =>
      is === 'place' ? { places: without(places, id), targets } : { places, targets: without(targets, id) },
    )
  }

  /** One change after the other, each on what window or terminal have written last. */
  #change(pack: string, change: (bindings: PackBindings) => PackBindings): Promise<void> {
    const changed = this.#changing.then(() => this.#changeNow(pack, change))
    this.#changing = changed.catch(() => undefined)
    return changed
  }

  async #changeNow(pack: string, change: (bindings: PackBindings) => PackBindings): Promise<void> {
    const { packs } = await this.#load()
    const before = Object.hasOwn(packs, pack) ? (packs[pack] ?? none) : none
    await this.#write({ version: 1, packs: { ...packs, [pack]: change(before) } })
  }

  get #file(): string {
    return join(this.#folder, 'bindings.json')
  }

  async #load(): Promise<Stored> {
    const text = await readFile(this.#file, 'utf8').catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return null
      throw refuse('storage', {
        tried: 'Read what places and targets are bound to',
        happened: `${this.#file} cannot be read: ${messageOf(error)}.`,
        next: 'Check that you may read it.',
        cause: error,
      })
    })
    if (text === null) return { version: 1, packs: {} }
    const parsed = text.length > capBytes ? null : fileSchema.safeParse(jsonOrNull(text))
    if (parsed?.success === true) return parsed.data
    throw refuse('damaged', {
      tried: 'Read what places and targets are bound to',
      happened: `${this.#file} is not what Muster wrote.`,
      next: 'Mend it, or move it away and bind anew.',
    })
  }

  async #write(stored: Stored): Promise<void> {
    try {
      await writeWhole(this.#file, `${JSON.stringify(stored, null, 2)}\n`)
    } catch (error) {
      throw refuse('storage', {
        tried: 'Keep what places and targets are bound to',
        happened: `${this.#file} cannot be written: ${messageOf(error)}.`,
        next: 'Make room, or check that you may write there.',
        cause: error,
      })
    }
  }
}

function without<T>(record: Readonly<Record<string, T>>, id: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== id))
}
