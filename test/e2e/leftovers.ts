import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'

/**
 * The processes that belong to a test's folder: it stands in their command line, or in their environment (a browser's
 * children have little of a command line, but inherit HOME). One line each: number and command.
 */
async function processesOf(folder: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^[0-9]+$/.test(name) && Number(name) !== process.pid)
  const found = await Promise.all(
    pids.map(async (pid) => {
      const [line, environment] = await Promise.all([read(pid, 'cmdline'), read(pid, 'environ')])
      if (!line.includes(folder) && !environment.includes(folder)) return null
      const state = /^State:\s+(\w)/m.exec(await read(pid, 'status'))?.[1]
      const isGone = state === undefined || state === 'Z' || state === 'X'
      return isGone ? null : `${pid} ${line.replaceAll('\0', ' ').slice(0, 200)}`
    }),
  )
  return found.filter((each) => each !== null)
}

/** Waits until none of them is left; answers those that still are at the deadline. */
export async function leftovers(folder: string, withinMs: number): Promise<string[]> {
  const until = Date.now() + withinMs
  for (;;) {
    const left = await processesOf(folder)
    if (left.length === 0 || Date.now() > until) return left
    await wait(50)
  }
}

async function read(pid: string, what: 'cmdline' | 'environ' | 'status'): Promise<string> {
  try {
    return await readFile(`/proc/${pid}/${what}`, 'utf8')
  } catch {
    return '' // it has ended meanwhile, or is somebody else's
  }
}
