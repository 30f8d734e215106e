import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { TestParts } from '../main/setup/test-parts.js'

/** A real part that a test drives. */
export type Part = keyof TestParts

/**
 * How a test shows what it needs: by what it imports. Tests never skip themselves; the runner leaves out those whose
 * part is not here, and says so.
 */
const signs: readonly { readonly sign: RegExp; readonly parts: readonly Part[] }[] = [
  { sign: /from '(\.{1,2}\/)+display\.ts'/, parts: ['display', 'chromium'] },
  { sign: /from '(\.{1,2}\/)+(test\/)?dockerd\.ts'/, parts: ['docker', 'dockerClient'] },
  { sign: /from '(\.\.\/)+main\/chromium\/(find-browser|print-to-pdf|run)\.ts'/, parts: ['chromium'] },
  { sign: /\b(spawn|spawnSync|execFile|execFileSync)\('docker'/, parts: ['dockerClient'] },
]

/** The parts that a test file needs, by its own imports and those of the test files that it imports. */
export function needsOf(file: string, seen = new Set<string>()): Set<Part> {
  const needs = new Set<Part>()
  if (seen.has(file)) return needs
  seen.add(file)
  const text = readFileSync(file, 'utf8')
  for (const { sign, parts } of signs) if (sign.test(text)) for (const part of parts) needs.add(part)
  for (const [, from] of text.matchAll(/from '(\.{1,2}\/[^']+\.tsx?)'/g)) {
    if (from === undefined) continue
    const imported = path.resolve(path.dirname(file), from)
    const isOfTests = imported.includes(`${path.sep}test${path.sep}`)
    if (isOfTests) for (const part of needsOf(imported, seen)) needs.add(part)
  }
  return needs
}
