import { globSync } from 'node:fs'
import path from 'node:path'
import { finish } from '../main/setup/program.js'
import { root } from './project.ts'

/**
 * `npm run bench` and `npm run soak`: runs every script of `test/bench` or `test/soak` in turn, nothing beside it.
 * Each prints its own figures. `npm run bench -- sweep` runs those with 'sweep' in their name.
 */
const limitMs = 2 * 60 * 60_000
const [kind = 'bench', ...words] = process.argv.slice(2)
const files = globSync(`test/${kind}/**/*.${kind}.ts`, { cwd: root })
  .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
  .toSorted()

if (files.length === 0) {
  console.log(
    `There is nothing to measure: no file test/${kind}/*.${kind}.ts${words.length > 0 ? ' of that name' : ''}.`,
  )
  process.exitCode = 1
}
for (const file of files) {
  console.log(`\n${path.basename(file)}`)
  const { code, ms } = await finish(process.execPath, [path.join(root, file)], { limitMs, cwd: root, show: true })
  console.log(`${path.basename(file)}: ${code === 0 ? 'done' : `failed with ${code}`} (${(ms / 1000).toFixed(1)} s)`)
  if (code !== 0) process.exitCode = 1
}
