#!/usr/bin/env node
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { fileURLToPath } from 'node:url'
import { bundledNode, howToGetNode, isNodeNewEnough } from './setup/node-version.js'

/*
 * What `npx muster` starts. In a checkout it runs the sources as they stand (nothing to build after `npm ci`, and
 * never a stale build); where only built files are, those. A Node that is too old hands over to the one that npm
 * brought.
 */
const source = new URL('./cli.ts', import.meta.url)
const entry = existsSync(source) ? source : new URL('../dist/main/cli.js', import.meta.url)

if (isNodeNewEnough(process.version)) {
  // Types are stripped once and kept with the compiled code: every later start is as fast as built JavaScript.
  module.enableCompileCache?.()
  await import(entry.href)
} else {
  const node = bundledNode(fileURLToPath(new URL('..', import.meta.url)))
  if (node === null) {
    console.error(howToGetNode(process.version))
    process.exitCode = 1
  } else {
    const { status, signal, error } = spawnSync(node, process.argv.slice(1), { stdio: 'inherit' })
    if (error !== undefined) throw error
    if (signal !== null) process.kill(process.pid, signal)
    process.exitCode = status ?? 1
  }
}
