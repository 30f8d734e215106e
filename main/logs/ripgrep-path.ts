import { sep } from 'node:path'
import { refuse } from '../../shared/refusal.ts'

/**
 * Where ripgrep's binary is. It comes inside an npm package for this platform (@vscode/ripgrep 1.18, its optional
 * dependencies), executable as it is; in a packaged Muster it lies beside the archive, since nothing can be started
 * from within. Refuses `unsupported` on a platform without such a package.
 */
export async function ripgrepPath(): Promise<string> {
  try {
    // Imported late: the package throws while it is loaded where the binary is missing.
    const { rgPath } = await import('@vscode/ripgrep')
    return outsideArchive(rgPath, sep)
  } catch (cause) {
    throw refuse('unsupported', {
      tried: 'Find ripgrep, which searches logs',
      happened: `There is none for ${process.platform} on ${process.arch}.`,
      next: 'Install Muster anew, with its optional parts.',
      cause,
    })
  }
}

/** https://www.electronjs.org/docs/latest/tutorial/asar-archives: `asarUnpack` puts files into app.asar.unpacked. */
export function outsideArchive(path: string, separator: string): string {
  return path.replace(`app.asar${separator}`, `app.asar.unpacked${separator}`)
}
