import { globSync, readFileSync } from 'node:fs'
import { finish } from '../../main/setup/program.js'
import { root, tool } from '../../workshop/project.ts'

/** Every property test, twenty times over, with other examples each time: `.ci/run` tries the same ones always. */
const rounds = 20
const firstSeed = Number(process.env['SOAK_SEED'] ?? Date.now() % 1_000_000)
const files = globSync('test/**/*.test.ts', { cwd: root }).filter((file) =>
  readFileSync(`${root}/${file}`, 'utf8').includes("from 'fast-check'"),
)
console.log(`seed ${firstSeed} (SOAK_SEED=${firstSeed} tries the same again)`)
for (let round = 0; round < rounds; round += 1) {
  const seed = firstSeed + round
  const env = { ...process.env, MUSTER_SEED: String(seed) }
  const { code, output } = await finish(tool('vitest'), ['run', ...files], { limitMs: 30 * 60_000, cwd: root, env })
  console.log(`${files.length} files, seed ${seed}: ${code === 0 ? 'all hold' : `failed\n${output.slice(-20_000)}`}`)
  if (code !== 0) process.exitCode = 1
}
