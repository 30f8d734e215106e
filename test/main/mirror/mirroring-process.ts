import { startMirror } from '../../../main/mirror/mirror-client.ts'

/** A process that mirrors until it is killed, and says when the mirror is whole. */
const [dataFolder = '', folder = ''] = process.argv.slice(2)
const mirror = startMirror({ dataFolder, folder, onHealth: say, log: (what) => process.stderr.write(`${what}\n`) })

function say(): void {
  const { state, trouble } = mirror.health()
  process.stdout.write(`${trouble?.happened ?? state}\n`)
}

// The mirror's thread keeps the process.
setInterval(() => undefined, 60_000)
