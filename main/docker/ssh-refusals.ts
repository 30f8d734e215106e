import { type RefusalCode, type RefusalError, refuse } from '../../shared/refusal.ts'
import type { Outcome } from '../run.ts'
import type { SshPlace } from './address.ts'
import { printable } from './engine-refusals.ts'

export function triedAt({ host }: SshPlace): string {
  return `Reach the Docker engine on ${host} through ssh`
}

export function closed(place: SshPlace): RefusalError {
  return refuse('cancelled', { tried: triedAt(place), happened: 'It was cancelled.', next: 'Sweep again when ready.' })
}

export function notInTime(place: SshPlace): RefusalError {
  return refuse('timed-out', {
    tried: triedAt(place),
    happened: 'ssh brought no answer in time.',
    next: `Type \`ssh ${asTyped(place)} docker version\` and see where it hangs.`,
  })
}

/** What the last words of ssh, or of docker over there, mean. OpenSSH 9, docker 20.10 to 29, the usual shells. */
const meanings: readonly {
  readonly said: RegExp
  readonly code: RefusalCode
  readonly happened: string
  readonly next: (typed: string) => string
}[] = [
  {
    said: /command not found|docker: not found|docker: No such file|not recognized as an internal/i,
    code: 'unsupported',
    happened: 'There is no docker on the far side',
    next: () => "Install docker there, or put it on the path of ssh's sessions. For Podman: install podman-docker.",
  },
  {
    said: /system dial-stdio.*not a docker command|unknown command.*dial-stdio/i,
    code: 'unsupported',
    happened: 'The docker on the far side is too old',
    next: () => 'It must be 18.09 or newer. Look there with another engine, or update it.',
  },
  {
    said: /permission denied.*(docker|podman)|docker\.sock.*permission denied/i,
    code: 'no-permission',
    happened: 'The user on the far side may not open its engine',
    next: () => 'Add that user there to the group that owns the socket (often `docker`), or name another user.',
  },
  {
    said: /cannot connect to the docker daemon|dial unix .*(no such file|connection refused)/i,
    code: 'unreachable',
    happened: 'No engine listens on the far side',
    next: () => 'Start Docker there, or name its socket: ssh://host/path/of/docker.sock.',
  },
  {
    said: /host key verification failed|host identification has changed|no .* host key is known/i,
    code: 'no-permission',
    happened: 'ssh does not know the key of this host, or knows another',
    next: (typed) => `Type \`ssh ${typed}\` and compare the fingerprint it shows with the host's own.`,
  },
  {
    said: /permission denied|too many authentication failures|no supported authentication/i,
    code: 'no-permission',
    happened: 'The host did not let this user in',
    next: (typed) => `Type \`ssh ${typed}\`. It must let you in without asking: load the key with \`ssh-add\`.`,
  },
  {
    said: /could not resolve|connection refused|timed out|no route to host|network is unreachable|connection (closed|reset)/i,
    code: 'unreachable',
    happened: 'ssh did not get through',
    next: (typed) => `Type \`ssh ${typed}\`. Check the network, the name, and the jump hosts.`,
  },
]

/** What it means that ssh ended. */
export function endOf(place: SshPlace, { exit, stderr }: Outcome): RefusalError {
  const last = printable(lastLine(stderr))
  const meaning = meanings.find(({ said }) => said.test(last))
  const saying = last === '' ? `ssh ended with ${exit} and said nothing` : `ssh said: ${last.replace(/\.$/, '')}`
  return refuse(meaning?.code ?? 'unreachable', {
    tried: triedAt(place),
    happened: meaning === undefined ? `${upperFirst(saying)}.` : `${meaning.happened} (${saying}).`,
    next: meaning?.next(asTyped(place)) ?? `Type \`ssh ${asTyped(place)} docker version\` and see what it says.`,
  })
}

function lastLine(stderr: string): string {
  return (
    stderr
      .trimEnd()
      .split(/[\r\n]+/)
      .at(-1) ?? ''
  )
}

function upperFirst(text: string): string {
  return text.startsWith('ssh') ? text : text.charAt(0).toUpperCase() + text.slice(1)
}

/** As a person types it: a port is an option there. */
function asTyped({ user, host, port }: SshPlace): string {
  return `${port === null ? '' : `-p ${port} `}${user === null ? '' : `${user}@`}${host}`
}
