import { openSync } from 'node:fs'
import { readPublished } from '../../../main/docker/published-ports.ts'
import { container } from '../../shared/findings/snapshots.ts'

/*
 * Opens files until it may open no more, tries published ports, and prints what came of it. To be started with a low limit of
 * open files.
 */

const published = [
  { inside: '80/tcp', hostAddress: '0.0.0.0', hostPort: 9 },
  { inside: '443/tcp', hostAddress: '127.0.0.1', hostPort: 10 },
  // Whether this machine has the address cannot be asked then.
  { inside: '80/tcp', hostAddress: '10.9.8.7', hostPort: 9 },
]
const { facts, logs: _logs, usage: _usage, ...listed } = container('web', { published })

for (let mayOpen = true; mayOpen; ) {
  try {
    openSync('/dev/null', 'r')
  } catch {
    mayOpen = false
  }
}

const read = await readPublished({
  near: Promise.resolve({ at: 'here' }),
  started: Promise.resolve([
    { listed, facts: Promise.resolve(facts), logs: Promise.resolve(null), usage: Promise.resolve(null) },
  ]),
  now: Date.now,
  until: new AbortController().signal,
  onStray: () => undefined,
})
process.stdout.write(JSON.stringify(read))
