import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const entry = fileURLToPath(new URL('../../../main/muster.js', import.meta.url))

export interface Said {
  readonly exit: number | null
  readonly out: string
  readonly err: string
}

/** Runs `muster` as a person would, in a process of its own. `input`: lines that are piped in. */
export function muster(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  { closeOut = false, cwd, input }: { closeOut?: boolean; cwd?: string; input?: string } = {},
): Promise<Said> {
  const child = spawn(process.execPath, [entry, ...args], {
    env: { ...process.env, ...env },
    cwd,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  // A command that reads nothing may have ended before.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  if (closeOut) child.stdout.destroy()
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (exit) => resolve({ exit, out, err }))
  })
}

/** The JSON that a command answered with `--json`. */
export async function musterJson(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<unknown> {
  const { exit, out, err } = await muster([...args, '--json'], env)
  if (exit !== 0) throw new Error(`muster ${args.join(' ')} ended with ${exit}: ${err}`)
  return JSON.parse(out)
}
