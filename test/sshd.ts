import { execFile, spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A real sshd of the test's own on a loopback port, and a user's configuration that knows ways to it. */
export interface Sshd {
  /**
   * For `ssh`, as a user's: its configuration knows the hosts `engine` (lets in), `bare` (lets in, and has no docker),
   * `narrow` (forwards nothing), `sharing` (the user's own logins are shared), `beyond` (through `engine` as a jump host), `strange` (its host key is another's), `locked` (the key is not let in),
   * `hanging` (never comes to a connection) and `closed` (nothing listens).
   */
  readonly environment: Record<string, string>
  readonly port: number
  /** Processes of this machine that this sshd's users have started and that still run, by their command lines. */
  running(): Promise<string[]>
  stop(): Promise<void>
}

/** Starts it as root; sessions get `DOCKER_HOST`. Known to work with OpenSSH 9.2. */
export async function startSshd(dockerHost: string): Promise<Sshd> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-sshd-'))
  const at = (name: string) => join(folder, name)
  const port = await freePort()
  const mark = `MUSTER_SSH_TEST=${folder}`
  const keys = ['host', 'other-host', 'good', 'bare', 'narrow', 'unknown']
  await Promise.all(keys.map((name) => run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at(name)])))
  const publicKey = async (name: string) => (await readFile(at(`${name}.pub`), 'utf8')).trim()
  const bare = `command="PATH=/nowhere; $SSH_ORIGINAL_COMMAND" ${await publicKey('bare')}`
  await writeFile(
    at('authorized'),
    `${await publicKey('good')}\n${bare}\nno-port-forwarding ${await publicKey('narrow')}\n`,
  )
  await writeFile(at('sshd_config'), serverConfig(folder, { port, dockerHost }))
  await writeFile(at('known_hosts'), `[127.0.0.1]:${port} ${await publicKey('host')}\n`)
  await writeFile(at('other_hosts'), `[127.0.0.1]:${port} ${await publicKey('other-host')}\n`)
  await writeFile(at('config'), clientConfig(folder, port))
  await mkdir(at('bin'))
  // OpenSSH finds a user's configuration by the password file, not by HOME.
  await writeFile(at('bin/ssh'), `#!/bin/sh\nexec /usr/bin/ssh -F ${at('config')} "$@"\n`)
  await chmod(at('bin/ssh'), 0o755)
  await mkdir('/run/sshd', { recursive: true })

  // It must be started by its whole path: it starts itself anew for each connection.
  const daemon = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', at('sshd_config')], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  daemon.stderr.on('data', (bytes: Buffer) => {
    said = (said + bytes.toString()).slice(-3_000)
  })
  const endNow = () => daemon.kill('SIGKILL')
  process.once('exit', endNow)

  async function stop(): Promise<void> {
    process.off('exit', endNow)
    if (daemon.exitCode === null && daemon.signalCode === null) {
      const ended = new Promise((resolve) => daemon.once('exit', resolve))
      daemon.kill('SIGTERM')
      await ended
    }
    await rm(folder, { recursive: true, force: true })
  }

  const last = Date.now() + 30_000
  while (!(await isOpen(port))) {
    if (daemon.exitCode !== null || Date.now() > last) {
      await stop()
      throw new Error(`sshd did not start:\n${said}`)
    }
    await sleep(20)
  }
  const [name, value] = mark.split('=') as [string, string]
  return {
    environment: { PATH: [at('bin'), process.env['PATH'] ?? ''].join(delimiter), [name]: value },
    port,
    async running() {
      const { stdout } = await run('sh', ['-c', 'grep -lzsx "$1" /proc/[0-9]*/environ || true', 'sh', mark])
      const pids = stdout.split('\n').flatMap((line) => /\d+/.exec(line) ?? [])
      const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
      return lines
        .map((line) => line.replaceAll('\0', ' ').trim())
        .filter((line) => line !== '' && !line.includes('grep -lzsx'))
    },
    stop,
  }
}

function serverConfig(folder: string, { port, dockerHost }: { port: number; dockerHost: string }): string {
  return `Port ${port}
ListenAddress 127.0.0.1
HostKey ${folder}/host
AuthorizedKeysFile ${folder}/authorized
PidFile none
UsePAM no
StrictModes no
PermitRootLogin yes
PasswordAuthentication no
KbdInteractiveAuthentication no
AllowTcpForwarding yes
PrintMotd no
SetEnv MUSTER_SSH_TEST=${folder} DOCKER_HOST=${dockerHost} DOCKER_CONFIG=${folder}/docker PATH=${process.env['PATH'] ?? ''}
`
}

function clientConfig(folder: string, port: number): string {
  return `Host bare
  IdentityFile ${folder}/bare
Host locked
  IdentityFile ${folder}/unknown
Host strange
  UserKnownHostsFile ${folder}/other_hosts
Host hanging
  ProxyCommand sleep 1000
Host narrow
  IdentityFile ${folder}/narrow
Host sharing
  ControlPath ${folder}/own-%C
  ControlMaster auto
Host beyond
  ProxyJump engine
Host closed
  Port 1
Host engine beyond strange closed sharing
  IdentityFile ${folder}/good
Host *
  HostName 127.0.0.1
  Port ${port}
  User root
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile ${folder}/known_hosts
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking yes
`
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port: 0 }, resolve))
  const bound = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (bound === null || typeof bound === 'string') throw new Error('There is no free port.')
  return bound.port
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port }, () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
