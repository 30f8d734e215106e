import { fileURLToPath } from 'node:url'

/** Where the parts of this Muster lie that are not code of its main process. */
export interface ProjectFolders {
  /** The built window: index.html and what it loads. */
  readonly renderer: string
  /** Packs and exercises. */
  readonly assets: string
  /** The built preload script of Electron. */
  readonly preload: string
}

/** Finds them from the address of an entry: `main/x.ts` in the source tree, `dist/main/x.js` in the built one. */
export function projectFolders(entryUrl: string): ProjectFolders {
  const root = entryUrl.endsWith('.ts') ? '..' : '../..'
  const at = (path: string) => fileURLToPath(new URL(`${root}/${path}`, entryUrl))
  return { renderer: at('dist/renderer'), assets: at('assets'), preload: at('dist/preload/electron.cjs') }
}
