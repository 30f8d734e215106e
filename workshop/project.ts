import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the project, without a slash at its end. */
export const root: string = path.resolve(fileURLToPath(new URL('..', import.meta.url)))

/** The path of an executable that an npm dependency brings. */
export function tool(name: string): string {
  return path.join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name)
}
