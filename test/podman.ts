import { execFile, spawn } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const image = 'muster/busybox:test'

/** A Podman of the test's own that serves Docker's interface: nothing of it is shared with any other on the machine. */
export interface Podman {
  /** unix:///… */
  readonly host: string
  /** The podman command line on its storage; resolves with what it printed. */
  podman(...args: string[]): Promise<string>
  /** `podman run --detach` of a busybox image, without network. */
  container(name: string, options: string[], ...command: string[]): Promise<void>
  stop(): Promise<void>
}

/** Starts `podman system service` as root on a socket and storage in a temporary folder. Known to work with Podman 4.3.1. */
export async function startPodman(): Promise<Podman> {
  // A short path: under a long one conmon loses how a container ended (its sockets take 108 bytes).
  const folder = await mkdtemp('/tmp/muster-podman-')
  const at = (name: string) => join(folder, name)
  await writeFile(at('storage.conf'), storage(folder))
  await writeFile(at('containers.conf'), settings(folder))
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    CONTAINERS_STORAGE_CONF: at('storage.conf'),
    CONTAINERS_CONF: at('containers.conf'),
  }
  const podman = async (...args: string[]) => (await run('podman', args, { env, timeout: 60_000 })).stdout
  await importBusybox(folder, podman)
  const service = spawn('podman', ['system', 'service', '--time', '0', `unix://${at('podman.sock')}`], {
    env,
    stdio: 'ignore',
  })
  const endNow = () => service.kill('SIGKILL')
  process.once('exit', endNow)

  async function stop(): Promise<void> {
    await podman('rm', '--force', '--all', '--time', '0')
    process.off('exit', endNow)
    if (service.exitCode === null && service.signalCode === null) {
      const ended = new Promise((resolve) => service.once('exit', resolve))
      service.kill('SIGTERM')
      await ended
    }
    const mounts = (await readFile('/proc/mounts', 'utf8')).split('\n').map((line) => line.split(' ')[1] ?? '')
    for (const mount of mounts.filter((path) => path.startsWith(`${folder}/`))) await run('umount', ['--lazy', mount])
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }

  const last = Date.now() + 30_000
  while (!(await answers(at('podman.sock')))) {
    if (service.exitCode !== null || Date.now() > last) {
      await stop()
      throw new Error('podman system service did not start')
    }
    await sleep(50)
  }
  return {
    host: `unix://${at('podman.sock')}`,
    podman,
    stop,
    async container(name, options, ...command) {
      await podman('run', '--detach', '--name', name, '--network', 'none', ...options, image, ...command)
    },
  }
}

function storage(folder: string): string {
  return `[storage]\ndriver = "vfs"\ngraphroot = "${folder}/graph"\nrunroot = "${folder}/run"\n`
}

/** Without systemd and its journal, and with limits that any container of a continuous integration may set. */
function settings(folder: string): string {
  return `[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
runtime = "runc"
tmp_dir = "${folder}/tmp"
[containers]
log_driver = "k8s-file"
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
`
}

async function importBusybox(folder: string, podman: Podman['podman']): Promise<void> {
  const busybox = ['/bin/busybox', '/usr/bin/busybox'].find((path) => existsSync(path))
  if (busybox === undefined) throw new Error('There is no busybox. Install busybox-static.')
  const bin = join(folder, 'image/bin')
  await mkdir(bin, { recursive: true })
  await copyFile(busybox, join(bin, 'busybox'))
  for (const applet of ['sh', 'echo', 'sleep']) await symlink('busybox', join(bin, applet))
  const packed = join(folder, 'image.tar')
  await run('tar', ['-C', join(folder, 'image'), '-cf', packed, '.'])
  await podman('import', '--quiet', packed, image)
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path }, () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
