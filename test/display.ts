import { spawn } from 'node:child_process'

const READY_WITHIN_MS = 60_000

/** A display of the test's own, for windows that nobody sees. */
export interface TestDisplay {
  readonly env: NodeJS.ProcessEnv
  stop(): Promise<void>
}

/** Starts an Xvfb on a free display number; it listens on its unix socket alone. */
export async function startDisplay(): Promise<TestDisplay> {
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const number = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('Xvfb gave no display number')), READY_WITHIN_MS)
    child.once('error', reject)
    child.stdio[3]?.once('data', (text: Buffer) => {
      clearTimeout(timer)
      resolve(text.toString('utf8').trim())
    })
  })
  return {
    env: { ...process.env, DISPLAY: `:${number}` },
    async stop() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
