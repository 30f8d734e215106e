import { readFileSync, statSync } from 'node:fs'
import { parse } from 'yaml'
import { type Scenario, scenarioSchema } from '../../shared/exercises/scenario.ts'
import { messageOf } from '../../shared/message-of.ts'
import { refuse } from '../../shared/refusal.ts'

const capBytes = 262_144

/** Reads and checks a scenario; refuses a file that is missing, too large, no YAML or no scenario. */
export function readScenarioFile(file: string): Scenario {
  const tried = `Read the exercise ${file}`
  const next = 'Install Muster again: its own exercises come with it.'
  const read = scenarioSchema.safeParse(parseYaml(readCapped(file, { tried, next }), { tried, next }))
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw refuse('bad-input', { tried, happened: `At ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`, next })
}

type Said = { tried: string; next: string }

function readCapped(file: string, said: Said): string {
  try {
    const { size } = statSync(file)
    if (size > capBytes)
      throw refuse('too-large', { ...said, happened: `It has ${size} bytes, ${capBytes} are the most.` })
    return readFileSync(file, 'utf8')
  } catch (cause) {
    if (!(cause instanceof Error) || !('syscall' in cause)) throw cause
    throw refuse('not-found', { ...said, happened: cause.message, cause })
  }
}

function parseYaml(text: string, said: Said): unknown {
  try {
    return parse(text, { maxAliasCount: 0 })
  } catch (cause) {
    throw refuse('bad-input', { ...said, happened: messageOf(cause), cause })
  }
}
