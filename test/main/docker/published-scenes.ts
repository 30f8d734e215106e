import { sweepEngine } from '../../../main/docker/sweep.ts'
import { startDockerd } from '../../dockerd.ts'
import { ownNetwork } from '../../own-network.ts'
import { plays } from '../../scenes/stage.ts'

/*
 * Plays the scenes that are named on the command line in a network of its own, sweeps them, and prints the snapshot and the
 * item of what was tried.
 */

const engine = await startDockerd(ownNetwork())
try {
  for (const name of process.argv.slice(2)) {
    const play = plays.find((one) => one.name === name)
    if (play === undefined) throw new Error(`There is no scene '${name}'.`)
    await play.play(engine, (more) => `${name}${more}`)
  }
  const { snapshot, items, summary } = await sweepEngine({
    endpoint: engine.endpoint,
    now: Date.now,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  })
  const tried = items.find(({ name }) => name === 'published.json')
  const { request, outcome } = tried ?? {}
  process.stdout.write(JSON.stringify({ snapshot, request, outcome, dark: summary.couldNotRead }))
} finally {
  await engine.stop()
}
