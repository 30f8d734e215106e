import { readdir, readFile, readlink, rm } from 'node:fs/promises'
import { vi } from 'vitest'

/** The processes whose command line has `text` in it, by /proc. */
export async function processesWith(text: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^[0-9]+$/.test(name)).map(Number)
  const found: number[] = []
  for (const pid of pids) {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(gone)
    if (line?.includes(text) === true && pid !== process.pid) found.push(pid)
  }
  return found
}

/** How many TCP sockets listen for any of these processes. */
export async function listeningSockets(pids: readonly number[]): Promise<number> {
  const inodes = new Set<string>()
  for (const table of ['tcp', 'tcp6']) {
    const text = (await readFile(`/proc/net/${table}`, 'utf8').catch(gone)) ?? ''
    for (const line of text.split('\n').slice(1)) {
      const columns = line.trim().split(/\s+/)
      if (columns[3] === '0A') inodes.add(`socket:[${columns[9]}]`)
    }
  }
  let count = 0
  for (const pid of pids) {
    const handles = (await readdir(`/proc/${pid}/fd`).catch(gone)) ?? []
    for (const handle of handles) {
      const target = await readlink(`/proc/${pid}/fd/${handle}`).catch(gone)
      if (target !== null && inodes.has(target)) count += 1
    }
  }
  return count
}

/** Removes a test's folder once no process works in it any more: a browser writes its profile up to its end. */
export async function removeFolder(folder: string): Promise<void> {
  const options = { timeout: 60_000, interval: 50 }
  await vi.waitFor(async () => {
    const left = await processesWith(folder)
    if (left.length > 0) throw new Error(`Processes ${left.join(', ')} still use ${folder}`)
  }, options)
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
}

function gone(error: NodeJS.ErrnoException): null {
  if (['ENOENT', 'ESRCH', 'EACCES'].includes(error.code ?? '')) return null
  throw error
}
