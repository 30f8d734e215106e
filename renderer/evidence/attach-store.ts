import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Argument, Result } from '../../shared/contract.ts'
import type { Refusal } from '../../shared/refusal.ts'
import type { Client } from '../bridge/client.ts'

/**
 * A file that a person gave and what becomes of it. `offered`: waits for a word from the person; `sending`, or next in line; `kept`: its
 * entry is in the journal; `failed`: see `refusal`.
 */
export interface Attachment {
  readonly id: number
  readonly incident: string
  readonly name: string
  readonly size: number
  readonly given: Argument<'attachments.begin'>['given']
  readonly note: string
  readonly state: 'offered' | 'sending' | 'kept' | 'failed'
  /** Bytes that main has taken. */
  readonly sent: number
  readonly kept: Result<'attachments.end'> | null
  readonly refusal: Refusal | null
}

export interface AttachStore {
  readonly store: StoreApi<readonly Attachment[]>
  offer(incident: string, files: readonly Blob[], given: Attachment['given']): void
  setNote(id: number, note: string): void
  /** Sends what is offered, or failed, of an incident now, one after the other; not what is offered meanwhile. */
  send(incident: string): Promise<void>
  /** Takes one away; what of it was sent is not kept. */
  remove(id: number): Promise<void>
}

/** 1 MiB: a call stays short, so that others come between. */
const PART_BYTES = 1_048_576

/** `encode` gives the base64 of a part. */
export function createAttachStore(client: Client, encode: (part: Blob) => Promise<string> = base64Of): AttachStore {
  const store: AttachStore['store'] = createStore<readonly Attachment[]>(() => [])
  const files = new Map<number, Blob>()
  const uploads = new Map<number, string>()
  let lastId = 0

  const find = (id: number) => store.getState().find((one) => one.id === id)
  const patch = (id: number, change: Partial<Attachment>) =>
    store.setState(
      store.getState().map((one) => (one.id === id ? { ...one, ...change } : one)),
      true,
    )

  async function sendOne({ id, incident, name, size, given, note }: Attachment): Promise<void> {
    const file = files.get(id)
    if (file === undefined) return
    const said = note.trim() === '' ? null : note.trim()
    const begun = await client.call('attachments.begin', { incident, name, size, given, note: said })
    if (!begun.ok) return patch(id, { state: 'failed', refusal: begun.refusal })
    const { upload } = begun.value
    uploads.set(id, upload)
    const refusal = await sendParts(id, upload, file)
    if (refusal !== null) return patch(id, { state: 'failed', refusal })
    if (find(id) === undefined) {
      // Taken away before it had an upload: nobody has cancelled that yet.
      if (uploads.delete(id)) await client.call('attachments.cancel', { upload })
      return
    }
    const ended = await client.call('attachments.end', { upload })
    uploads.delete(id)
    if (!ended.ok) return patch(id, { state: 'failed', refusal: ended.refusal })
    files.delete(id)
    patch(id, { state: 'kept', kept: ended.value })
  }

  /** Null when all parts were taken, or the person took it away meanwhile. */
  async function sendParts(id: number, upload: string, file: Blob): Promise<Refusal | null> {
    for (let at = 0; at < file.size; ) {
      if (find(id) === undefined) return null
      const base64 = await encode(file.slice(at, at + PART_BYTES)).catch(() => null)
      if (base64 === null) return unreadable(find(id)?.name ?? '')
      const part = await client.call('attachments.part', { upload, at, base64 })
      if (find(id) === undefined) return null
      if (!part.ok) return part.refusal
      at = part.value.next
      patch(id, { sent: at })
    }
    return null
  }

  return {
    store,
    offer(incident, given, how) {
      const offered = given.map((file): Attachment => {
        lastId += 1
        files.set(lastId, file)
        const name = nameOf(file)
        return {
          ...{ id: lastId, incident, name, size: file.size, given: how, note: '' },
          ...{ state: 'offered', sent: 0, kept: null, refusal: null },
        }
      })
      // What was kept before has been seen: it stands in the timeline.
      const others = store.getState().filter((one) => one.incident !== incident || one.state !== 'kept')
      store.setState([...others, ...offered], true)
    },
    setNote: (id, note) => patch(id, { note }),
    async send(incident) {
      const waiting = store
        .getState()
        .filter((one) => one.incident === incident && (one.state === 'offered' || one.state === 'failed'))
      // All at once: what is typed from here on is for another file, and what comes meanwhile waits for its own word.
      for (const { id } of waiting) patch(id, { state: 'sending', sent: 0, refusal: null })
      for (const [at, next] of waiting.entries()) {
        await sendOne(next)
        if (find(next.id)?.state !== 'failed') continue
        // One that failed waits for the person; the others behind it wait with it.
        for (const { id } of waiting.slice(at + 1)) patch(id, { state: 'offered' })
        return
      }
    },
    async remove(id) {
      const upload = uploads.get(id)
      uploads.delete(id)
      files.delete(id)
      store.setState(
        store.getState().filter((one) => one.id !== id),
        true,
      )
      if (upload !== undefined) await client.call('attachments.cancel', { upload })
    },
  }
}

/** A file's own name; a picture or text from the clipboard has none that tells anything. */
function nameOf(file: Blob): string {
  if ('name' in file && typeof file.name === 'string' && file.name !== '') return file.name
  return file.type.startsWith('image/') ? `pasted.${file.type.slice(6)}` : 'pasted.txt'
}

/** The browser's own encoder: it does not hold up the window. */
function base64Of(part: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => {
      const url = typeof reader.result === 'string' ? reader.result : ''
      resolve(url.slice(url.indexOf(',') + 1))
    })
    reader.addEventListener('error', () => reject(reader.error ?? new Error('The file cannot be read')))
    reader.readAsDataURL(part)
  })
}

function unreadable(name: string): Refusal {
  return {
    code: 'no-permission',
    tried: `Attach ${name}`,
    happened: 'The file cannot be read: it was changed, moved, or is a folder. Nothing was kept.',
    next: 'Attach it again; pack a folder into one file first.',
  }
}
