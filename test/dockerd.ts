import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { pack } from 'tar-stream'
import type { DockerEndpoint } from '../shared/docker/endpoint.ts'

const run = promisify(execFile)
const image = 'muster/busybox:test'
const applets = ['sh', 'cat', 'echo', 'false', 'head', 'kill', 'printf', 'seq', 'sleep', 'tail', 'test', 'true', 'yes']

/** A Docker Engine of the test's own: nothing of it is shared with any other on the machine. */
export interface Dockerd {
  readonly endpoint: DockerEndpoint
  /** unix:///… */
  readonly host: string
  /** Name of the one image it holds: busybox, made on the spot. */
  readonly image: string
  /** The docker command line on this engine; resolves with what it printed. Rejects on another exit code than 0. */
  docker(...args: string[]): Promise<string>
  /** `docker run --detach` of the image, without network. Resolves with the id, also where the start itself fails. */
  container(name: string, options: string[], ...command: string[]): Promise<string>
  /** Waits until a container's `docker inspect` satisfies `is`; rejects after a minute. */
  until(name: string, is: (inspected: Inspected) => boolean): Promise<void>
  /**
   * Waits until a container that takes more memory than it may is known to the engine as one that was out of memory. The
   * kernel's word for it reaches dockerd 20.10 too late at times, for good; then it is started again, ten times at most.
   */
  untilOutOfMemory(name: string): Promise<void>
  /** Sends it a signal: it hangs (SIGSTOP), goes on (SIGCONT), dies (SIGKILL, SIGTERM). */
  signal(signal: NodeJS.Signals): void
  /** Waits for its end and starts it anew, on the same socket and data. Resolves once it answers. */
  restart(): Promise<void>
  /** Removes all containers, ends the engine, and removes all it wrote. */
  stop(): Promise<void>
}

export interface Inspected {
  readonly RestartCount: number
  readonly State: {
    readonly Status: string
    readonly Pid: number
    readonly ExitCode: number
    readonly OOMKilled: boolean
    readonly Health?: { readonly Status: string }
  }
}

/**
 * Starts a real dockerd (as root) on its own socket, data root, execution root and containerd, in a temporary folder.
 * Known to work with dockerd 20.10.24 on cgroup v1 and v2; no bridge and no iptables, so that it changes nothing of the
 * machine's network. `options`: more of dockerd's own.
 */
export async function startDockerd(options: readonly string[] = []): Promise<Dockerd> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-dockerd-'))
  const host = `unix://${folder}/docker.sock`
  const log = await open(join(folder, 'dockerd.log'), 'w')
  const roots = [
    '--data-root',
    join(folder, 'data'),
    '--exec-root',
    join(folder, 'exec'),
    '--pidfile',
    join(folder, 'pid'),
  ]
  const network = ['--bridge=none', '--iptables=false', '--ip-masq=false', '--userland-proxy=false']
  const start = () =>
    spawn('dockerd', ['--host', host, ...roots, ...network, ...options], { stdio: ['ignore', log.fd, log.fd] })
  let daemon = start()
  const endNow = () => daemon.kill('SIGKILL')
  process.once('exit', endNow)

  const cli = existsSync('/usr/bin/docker') ? '/usr/bin/docker' : 'docker'
  const env = { PATH: process.env['PATH'], DOCKER_HOST: host, DOCKER_CONFIG: join(folder, 'config'), HOME: folder }
  const docker = async (...args: string[]) =>
    (await run(cli, args, { env, timeout: 120_000, maxBuffer: 2 ** 26 })).stdout

  async function stop(): Promise<void> {
    const ids = (await docker('ps', '--all', '--quiet')).split('\n').filter((id) => id !== '')
    if (ids.length > 0) await docker('rm', '--force', ...ids)
    await end(daemon)
    process.off('exit', endNow)
    await log.close()
    for (const mount of mountsUnder(folder)) await run('umount', ['--lazy', mount])
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }

  async function inspect(name: string): Promise<Inspected> {
    const [one] = JSON.parse(await docker('inspect', name)) as Inspected[]
    if (one === undefined) throw new Error(`docker inspect ${name} gave nothing`)
    return one
  }

  async function until(name: string, is: (inspected: Inspected) => boolean): Promise<void> {
    const last = Date.now() + 60_000
    while (!is(await inspect(name))) {
      if (Date.now() > last) throw new Error(`${name}: ${JSON.stringify((await inspect(name)).State)}`)
      await sleep(50)
    }
  }

  try {
    await answering(join(folder, 'docker.sock'), daemon)
    await importBusybox(cli, env)
  } catch (error) {
    await end(daemon)
    await log.close()
    const said = await readFile(join(folder, 'dockerd.log'), 'utf8')
    throw new Error(`dockerd did not start:\n${said.slice(-3_000)}`, { cause: error })
  }

  return {
    endpoint: { id: `given:${host}`, mode: 'live', source: 'given', name: 'test engine', host, current: false },
    host,
    image,
    docker,
    stop,
    signal: (signal) => void daemon.kill(signal),
    async restart() {
      await end(daemon)
      await containerdEnded(join(folder, 'exec/containerd/containerd.pid'))
      daemon = start()
      await answering(join(folder, 'docker.sock'), daemon)
    },
    async container(name, options, ...command) {
      const id = (await docker('create', '--name', name, '--network', 'none', ...options, image, ...command)).trim()
      await docker('start', name).catch((error: unknown) => {
        // A container that cannot be started is a case of its own; the engine keeps the reason.
        if (!String(error).includes('failed to create')) throw error
      })
      return id
    },
    until,
    async untilOutOfMemory(name) {
      for (let tries = 0; tries < 10; tries += 1) {
        await until(name, ({ State }) => State.Status === 'exited')
        if ((await inspect(name)).State.OOMKilled) return
        await docker('start', name)
      }
      throw new Error(`${name}: ${JSON.stringify((await inspect(name)).State)}`)
    },
  }
}

async function answering(socket: string, daemon: ChildProcess): Promise<void> {
  const last = Date.now() + 90_000
  while (!(await pings(socket))) {
    if (daemon.exitCode !== null) throw new Error(`dockerd ended with ${daemon.exitCode}`)
    if (Date.now() > last) throw new Error('dockerd did not answer within 90 s')
    await sleep(50)
  }
}

/** A dockerd that is killed takes its containerd along a moment later; one that is started meanwhile would wait for it in vain. */
async function containerdEnded(pidFile: string): Promise<void> {
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => ''))
  if (pid === 0) return
  const last = Date.now() + 10_000
  while (existsSync(`/proc/${pid}`)) {
    if (Date.now() > last) process.kill(pid, 'SIGKILL')
    await sleep(50)
  }
}

async function pings(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const ping = request({ socketPath, path: '/_ping', timeout: 1_000 }, (answer) => {
      answer.resume()
      resolve(answer.statusCode === 200)
    })
    ping.on('timeout', () => ping.destroy())
    ping.on('error', () => resolve(false))
    ping.end()
  })
}

/** An image of one file: a static busybox under the names of what the tests' containers run. */
async function importBusybox(cli: string, env: Record<string, string | undefined>): Promise<void> {
  const busybox = ['/bin/busybox', '/usr/bin/busybox'].find((path) => existsSync(path))
  if (busybox === undefined) throw new Error('There is no busybox. Install busybox-static.')
  const root = pack()
  root.entry({ name: 'bin/busybox', mode: 0o755 }, readFileSync(busybox))
  for (const applet of applets) root.entry({ name: `bin/${applet}`, type: 'symlink', linkname: 'busybox' })
  root.entry({ name: 'tmp/', type: 'directory', mode: 0o1777 })
  root.finalize()
  const importing = spawn(cli, ['import', '-', image], { env, stdio: ['pipe', 'ignore', 'inherit'] })
  root.pipe(importing.stdin)
  const code = await new Promise((resolve) => importing.once('exit', resolve))
  if (code !== 0) throw new Error(`docker import ended with ${String(code)}`)
}

async function end(daemon: ChildProcess): Promise<void> {
  if (daemon.exitCode !== null || daemon.signalCode !== null) return
  const ended = new Promise((resolve) => daemon.once('exit', resolve))
  daemon.kill('SIGTERM')
  const late = setTimeout(() => daemon.kill('SIGKILL'), 15_000)
  await ended
  clearTimeout(late)
}

function mountsUnder(folder: string): string[] {
  const lines = readFileSync('/proc/mounts', 'utf8').split('\n')
  return lines.map((line) => line.split(' ')[1] ?? '').filter((path) => path.startsWith(`${folder}/`))
}
