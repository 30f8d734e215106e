import { createStore, type StoreApi } from 'zustand/vanilla'
import { type PackDiff, type PackLinted, packBytesCap, type PackSummary } from '../../shared/packs/calls.ts'
import type { Client, Outcome } from '../bridge/client.ts'
import type { PacksStore } from '../declare/packs-store.ts'
import { type Asked, askedOf, idle } from '../ui/asked.ts'
import { packWords } from '../words/packs.ts'

/** A file that a person gave, as it was read. */
interface Given {
  readonly file: string
  readonly base64: string
  /** Its lines, for the places of problems; empty for what is no text. */
  readonly lines: readonly string[]
}

export interface ImportState {
  readonly asked: Asked
  readonly given: Given | null
  readonly linted: PackLinted | null
  /** The pack that was taken last, and what that changed. */
  readonly taken: { readonly pack: PackSummary; readonly diff: PackDiff | null } | null
}

export interface ImportStore {
  readonly store: StoreApi<ImportState>
  /** Reads a file and has it linted; keeps nothing. */
  give(file: { readonly name: string; readonly size: number; arrayBuffer(): Promise<ArrayBuffer> }): Promise<void>
  /** Takes the file that was linted last. Answers the id of the pack; null where it was refused. */
  take(): Promise<string | null>
  remove(id: string): Promise<Outcome<null>>
  /** What the last import of a pack changed; null where nothing is known. */
  diff(id: string): Promise<Outcome<PackDiff | null>>
  forget(): void
}

const nothing: ImportState = { asked: idle, given: null, linted: null, taken: null }

export function createImportStore(client: Client, packs: Pick<PacksStore, 'readAgain' | 'drop'>): ImportStore {
  const store = createStore<ImportState>(() => nothing)
  let serial = 0

  return {
    store,
    async give(file) {
      serial += 1
      const own = serial
      store.setState({ ...nothing, asked: { state: 'asked' } })
      if (file.size > packBytesCap) {
        store.setState({ asked: { state: 'failed', refusal: { code: 'too-large', ...packWords.tooLarge(file.name) } } })
        return
      }
      const bytes = await readBytes(file)
      if (own !== serial) return
      if (bytes === null) {
        store.setState({ asked: { state: 'failed', refusal: { code: 'storage', ...packWords.unread(file.name) } } })
        return
      }
      const given = { file: file.name, base64: base64Of(bytes), lines: linesOf(bytes) }
      store.setState({ given })
      const outcome = await client.call('packs.lint', { file: given.file, base64: given.base64 })
      if (own === serial) store.setState({ asked: askedOf(outcome), linted: outcome.ok ? outcome.value : null })
    },
    async take() {
      const { given } = store.getState()
      if (given === null) return null
      store.setState({ asked: { state: 'asked' } })
      const outcome = await client.call('packs.import', { file: given.file, base64: given.base64 })
      store.setState({ asked: askedOf(outcome), ...(outcome.ok ? { taken: outcome.value } : {}) })
      if (!outcome.ok) return null
      await packs.readAgain(outcome.value.pack.id)
      return outcome.value.pack.id
    },
    async remove(id) {
      const outcome = await client.call('packs.remove', { id })
      if (outcome.ok) packs.drop(id)
      return outcome
    },
    diff: (id) => client.call('packs.diff', { id }),
    forget() {
      serial += 1
      store.setState(nothing)
    },
  }
}

/** Null where the file went away or may not be read. */
async function readBytes(file: { arrayBuffer(): Promise<ArrayBuffer> }): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch {
    return null // the browser says only that it could not: https://developer.mozilla.org/en-US/docs/Web/API/Blob/arrayBuffer
  }
}

function base64Of(bytes: Uint8Array): string {
  let text = ''
  // In pieces: so many arguments would not fit on the stack.
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192))
  return btoa(text)
}

function linesOf(bytes: Uint8Array): string[] {
  return new TextDecoder().decode(bytes).split(/\r\n|\n|\r/)
}
