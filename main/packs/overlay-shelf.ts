import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf } from '../../shared/message-of.ts'
import { writtenSecret } from '../../shared/packs/overlay-references.ts'
import { applyOverlay, type EffectivePack } from '../../shared/packs/overlay.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { type Refusal, RefusalError, refuse } from '../../shared/refusal.ts'
import { changeSettings, readSettings } from '../desk/settings.ts'
import { writeWhole } from '../whole-file.ts'
import { type LoadedOverlay, readOverlay } from './overlay-file.ts'
import { type Packs, readPackBytes } from './packs.ts'

/** The overlay that fills this desk's packs: none, or one; `refusal` where one was chosen and cannot be read now. */
export interface OverlayInForce {
  readonly loaded: LoadedOverlay | null
  readonly file: string | null
  readonly refusal: Refusal | null
}

/**
 * Overlays of a desk lie as `overlays/ID.yaml` in its data folder; the settings say which one is in force. They are read
 * anew each time: window and terminal share them. One that cannot be read never keeps anybody from declaring.
 */
export class OverlayShelf {
  readonly #dataFolder: string
  /** The file that was read last, so that the same bytes are not parsed twice. */
  #known: LoadedOverlay | null = null

  readonly #shelf: Pick<Packs, 'packs'>

  /** `shelf`: the packs at hand, which say what is secret. */
  constructor(dataFolder: string, shelf: Pick<Packs, 'packs'>) {
    this.#dataFolder = dataFolder
    this.#shelf = shelf
  }

  async inForce(): Promise<OverlayInForce> {
    const { overlay: id } = await readSettings(this.#dataFolder)
    if (id === null) return { loaded: null, file: null, refusal: null }
    const file = this.#file(id)
    try {
      return { loaded: this.#read(await readPackBytes(file, `${id}.yaml`), `${id}.yaml`), file, refusal: null }
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error
      return { loaded: null, file, refusal: error.refusal }
    }
  }

  /** A pack as the overlay in force fills it. */
  async effective(pack: Pack): Promise<EffectivePack> {
    const { loaded } = await this.inForce()
    return applyOverlay(pack, loaded?.overlay ?? null)
  }

  /** Keeps a copy in the data folder and puts it in force from now on; answers where the copy is. */
  async use({ overlay, bytes }: LoadedOverlay): Promise<string> {
    const file = this.#file(overlay.id)
    try {
      await mkdir(join(this.#dataFolder, 'overlays'), { recursive: true, mode: 0o700 })
      await writeWhole(file, bytes)
    } catch (cause) {
      throw refuse('storage', {
        tried: `Keep the overlay '${overlay.id}'`,
        happened: messageOf(cause),
        next: `Check that there is room in ${this.#dataFolder} and that it may be written.`,
        cause,
      })
    }
    await changeSettings(this.#dataFolder, { overlay: overlay.id })
    return file
  }

  /** From now on the runbooks stand alone; the file stays. */
  async useNone(): Promise<void> {
    await changeSettings(this.#dataFolder, { overlay: null })
  }

  #file(id: string): string {
    return join(this.#dataFolder, 'overlays', `${id}.yaml`)
  }

  #read(bytes: Uint8Array, file: string): LoadedOverlay {
    const known = this.#known
    const loaded = known !== null && Buffer.compare(known.bytes, bytes) === 0 ? known : readOverlay(bytes, file)
    this.#known = loaded
    // Packs come and go, so this is asked each time.
    const packs = this.#shelf.packs.map(({ pack }) => pack)
    const written = writtenSecret(loaded.overlay, packs)
    if (written !== null) throw secretWritten(file, written)
    return loaded
  }
}

function secretWritten(file: string, { pack, parameter }: { pack: string; parameter: string }): RefusalError {
  return refuse('bad-input', {
    tried: `Read the overlay ${file}`,
    happened: `It writes down the value of '${parameter}', which the pack '${pack}' keeps secret.`,
    next: 'Keep the secret in the vault, and name that `credential` in its place.',
  })
}
