import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

/** What the window reads before it shows anything: the scripts of index.html and all that they import at once. */

const folder = fileURLToPath(new URL('../../dist/renderer', import.meta.url))
const limitKb = 400

if (!existsSync(join(folder, 'index.html'))) throw new Error('The window is not built: node workshop/build.ts')
const html = readFileSync(join(folder, 'index.html'), 'utf8')
const initial = new Set<string>()

/** A file and, for scripts, whatever it imports statically; `import(…)` waits until it is needed. */
function take(file: string): void {
  if (initial.has(file)) return
  initial.add(file)
  if (!file.endsWith('.js')) return
  const text = readFileSync(file, 'utf8')
  for (const [, from] of text.matchAll(/(?:^|[;}])(?:import|export)[^"'()]*?["'](\.[^"']+\.js)["']/g)) {
    if (from !== undefined) take(join(dirname(file), from))
  }
}

for (const [, address] of html.matchAll(/(?:src|href)="\.?\/?([^"]+\.(?:js|css))"/g)) {
  if (address !== undefined) take(join(folder, address))
}
const sizes = (ending: string) =>
  [...initial]
    .filter((file) => file.endsWith(ending))
    .reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0)
const kb = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`
const scripts = sizes('.js')
console.log(`initial scripts, gzipped: ${kb(scripts)} (at most ${limitKb} KB), styles ${kb(sizes('.css'))}`)
if (scripts === 0 || scripts > limitKb * 1024) process.exitCode = 1
