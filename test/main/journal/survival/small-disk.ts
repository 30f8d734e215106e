import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file system of its own that is soon full. Only root can make one. */
export class SmallDisk {
  readonly folder: string
  readonly #ballast: string

  constructor(mebibytes: number) {
    this.folder = mkdtempSync(join(tmpdir(), 'muster-small-disk-'))
    this.#ballast = join(this.folder, 'ballast')
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=700`, 'muster-test', this.folder])
    process.once('exit', this.#unmount)
  }

  /** Fills it until so many bytes are left. */
  fill(leftBytes = 0): void {
    const { bavail, bsize } = statfsSync(this.folder)
    const bytes = Math.max(0, bavail * bsize - leftBytes)
    writeFileSync(this.#ballast, Buffer.alloc(bytes, 1))
  }

  makeRoom(): void {
    rmSync(this.#ballast, { force: true })
  }

  remove(): void {
    process.off('exit', this.#unmount)
    this.#unmount()
  }

  readonly #unmount = (): void => {
    execFileSync('umount', ['--lazy', this.folder])
    rmSync(this.folder, { recursive: true })
  }
}
