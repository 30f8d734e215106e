import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deriveFindings } from '../../shared/findings/derive-findings.ts'
import { type Scene, sceneSchema } from './scene.ts'
import { written } from './written.ts'

/** Every scene there is: those recorded from a real engine first. */
export function allScenes(): Scene[] {
  const lines = readFileSync(join(import.meta.dirname, 'recorded.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
  return [...lines.map((line) => sceneSchema.parse(JSON.parse(line))), ...written]
}

/** How a scene was judged: what was rightly found, what was not there, and what was missed, as 'D02 shop-db-1'. */
export interface Verdict {
  readonly scene: Scene
  readonly right: readonly string[]
  readonly invented: readonly string[]
  readonly missed: readonly string[]
}

export function judge(scene: Scene): Verdict {
  const { snapshot, laterMs, wrong } = scene
  const found = deriveFindings(snapshot, Date.parse(snapshot.takenAt) + laterMs).map(
    ({ code, object }) => `${code} ${object.name}`,
  )
  return {
    scene,
    right: found.filter((one) => wrong.includes(one)),
    invented: found.filter((one) => !wrong.includes(one)),
    missed: wrong.filter((one) => !found.includes(one)),
  }
}
