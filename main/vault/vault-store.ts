import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf } from '../../shared/message-of.ts'
import { RefusalError, refuse } from '../../shared/refusal.ts'
import { writeWhole } from '../whole-file.ts'
import { damaged, readVaultFile, type VaultFile, writeVaultFile } from './vault-file.ts'
import { withVaultLock } from './vault-lock.ts'

/** More than 20,000 contacts with long notes take. */
const MOST_BYTES = 256 * 1_048_576

interface Changed<T> {
  readonly file: VaultFile
  readonly answer: T
}

/** The vault of a data folder as a file that several programs share. It knows nothing of what is sealed in it. */
export class VaultStore {
  readonly path: string
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
    this.path = join(folder, 'vault.json')
  }

  get exists(): boolean {
    return existsSync(this.path)
  }

  /** Refuses where there is none (`not-found`), it may not be read (`no-permission`), or it is not what Muster wrote (`damaged`). */
  async read(): Promise<VaultFile> {
    if (!this.exists) {
      throw refuse('not-found', {
        tried: `Open the vault ${this.path}`,
        happened: 'There is no vault in this data folder yet.',
        next: 'Begin one: `muster vault create`, or the vault page.',
      })
    }
    return readVaultFile(await this.#text(), this.path)
  }

  /** Writes the first one. Refuses (`not-allowed`) where there is one. */
  create(file: VaultFile): Promise<void> {
    return withVaultLock(this.#folder, async () => {
      if (this.exists) throw alreadyThere(this.path)
      await this.#write(file)
    })
  }

  /** Decides on the newest file and writes the one that `work` makes of it; nothing of another program comes in between. */
  change<T>(work: (file: VaultFile) => Changed<T> | Promise<Changed<T>>): Promise<T> {
    return withVaultLock(this.#folder, async () => {
      const { file, answer } = await work(await this.read())
      await this.#write(file)
      return answer
    })
  }

  async #text(): Promise<string> {
    try {
      if ((await stat(this.path)).size > MOST_BYTES) throw damaged(this.path)
      return await readFile(this.path, 'utf8')
    } catch (error) {
      if (error instanceof RefusalError) throw error
      throw refuse('no-permission', {
        tried: `Read the vault ${this.path}`,
        happened: messageOf(error),
        next: 'Make it a file that you may read. Declaring, logging and clocks go on without it.',
        cause: error,
      })
    }
  }

  async #write(file: VaultFile): Promise<void> {
    const text = writeVaultFile(file)
    try {
      await writeWhole(this.path, text)
    } catch (error) {
      throw refuse('storage', {
        tried: `Write the vault ${this.path}`,
        happened: messageOf(error),
        next: 'Make room on the disk or make the data folder writable, then try again. The vault is as it was.',
        cause: error,
      })
    }
  }
}

function alreadyThere(path: string) {
  return refuse('not-allowed', {
    tried: 'Begin a vault',
    happened: `There is one already: ${path}. Nothing was changed.`,
    next: 'Unlock it, or move the file away first.',
  })
}
