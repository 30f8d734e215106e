import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { TestParts } from '../main/setup/test-parts.js'

/** A real part that a test drives. */
export type Part = keyof TestParts

/**
 * How a test shows what it needs: by what it imports. Tests never skip themselves; the runner leaves out those whose
 * part is not here, and says so.
 */
const signs: readonly { readonly imports: RegExp; readonly parts: readonly Part[] }[] = [
  { imports: /^(\.{1,2}\/)+display\.ts$/, parts: ['display', 'chromium'] },
  { imports: /^(\.{1,2}\/)+dockerd\.ts$/, parts: ['docker', 'dockerClient'] },
  { imports: /^(\.{1,2}\/)+certificates\.ts$/, parts: ['openssl'] },
  { imports: /^(\.{1,2}\/)+sshd\.ts$/, parts: ['sshd'] },
  { imports: /^(\.{1,2}\/)+podman\.ts$/, parts: ['podman'] },
  { imports: /^(\.\.\/)+main\/chromium\/print-to-pdf\.ts$/, parts: ['chromium'] },
  { imports: /\/(recording|failing-disk)\.ts$/, parts: ['strace'] },
  { imports: /^\.\/small-disk\.ts$/, parts: ['mounts'] },
  { imports: /^\.\/secret-service\.ts$/, parts: ['secrets'] },
  { imports: /\/servers\/redis\.ts$/, parts: ['redis'] },
  { imports: /\/servers\/nats\.ts$/, parts: ['nats'] },
  { imports: /\/servers\/postgres\.ts$/, parts: ['postgres'] },
  { imports: /^playwright$/, parts: ['chromium'] },
  // The terminal prints PDF by a browser.
  { imports: /\/muster\.ts$/, parts: ['chromium'] },
]

/** The one program that a test starts without a helper of its own. */
const startsDocker = /\bspawn\('docker'/

/** The parts that a test file needs, by its own imports and those of the test files that it imports. */
export function needsOf(file: string, seen = new Set<string>()): Set<Part> {
  const needs = new Set<Part>()
  if (seen.has(file)) return needs
  seen.add(file)
  const text = readFileSync(file, 'utf8')
  if (startsDocker.test(text)) needs.add('dockerClient')
  for (const [, from = ''] of text.matchAll(/^(?:import|export)\b[^'"]*?'([^']+)'/gm)) {
    for (const { imports, parts } of signs) if (imports.test(from)) for (const part of parts) needs.add(part)
    const imported = path.resolve(path.dirname(file), from)
    const isOfTests = imported.includes(`${path.sep}test${path.sep}`) && existsSync(imported)
    if (isOfTests) for (const part of needsOf(imported, seen)) needs.add(part)
  }
  return needs
}
