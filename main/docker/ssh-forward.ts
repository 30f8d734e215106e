import { connect } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'
import { jsonOrNull } from '../../shared/json-or-null.ts'
import { RefusalError } from '../../shared/refusal.ts'
import { run } from '../run.ts'
import type { Access, SshPlace } from './address.ts'
import { sshTo } from './ssh-arguments.ts'
import { triedAt } from './ssh-refusals.ts'
import type { SshShare } from './ssh-share.ts'

export interface SharedLogin {
  readonly place: SshPlace
  readonly environment: Access['environment']
  readonly share: SshShare
  /** Aborted when nobody wants it any more. */
  readonly signal: AbortSignal
}

/** Each of the three steps, all of which a host answers at once or not at all. */
const stepMs = 3_000

/**
 * Has a login forward the engine's socket; resolves with the path of a socket here that an engine answers on. Null where
 * the host forwards none (sshd_config, AllowStreamLocalForwarding; a key with 'no-port-forwarding'), or its docker has no
 * socket to name. Never refuses: there is another way.
 */
export async function forwardedSocket(login: SharedLogin): Promise<string | null> {
  try {
    const there = login.place.path ?? (await socketThere(login))
    if (there === null || !/^\/[^:\s]+$/.test(there)) return null
    const here = join(login.share.folder, 'e')
    await runShared(login, ['-O', 'forward', '-L', `${here}:${there}`], [])
    return (await answers(here)) ? here : null
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error
    return null
  }
}

const contextsSchema = z.tuple(
  [z.looseObject({ Endpoints: z.looseObject({ docker: z.looseObject({ Host: z.string() }) }) })],
  z.unknown(),
)

/** The one that docker over there takes: its DOCKER_HOST, its context, its default (docker/cli 19.03 and newer tell). */
async function socketThere(login: SharedLogin): Promise<string | null> {
  const told = await runShared(login, [], ['docker', 'context', 'inspect'])
  const { data } = contextsSchema.safeParse(jsonOrNull(told))
  const host = data?.[0].Endpoints.docker.Host ?? ''
  return host.startsWith('unix://') ? host.slice('unix://'.length) : null
}

async function runShared({ place, environment, share, signal }: SharedLogin, options: string[], words: string[]) {
  const { stdout } = await run({
    tried: triedAt(place),
    program: 'ssh',
    argv: [...sshTo(place, [...share.guest, ...options]), ...words],
    environment,
    signal,
    limitMs: stepMs,
    capBytes: 65_536,
  })
  return Buffer.from(stdout).toString('utf8')
}

/** What stands in the way of a forwarded socket shows only once it is used: then it is closed without a word. */
function answers(path: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = connect({ path })
  const limit = setTimeout(() => socket.destroy(), stepMs)
  socket.once('error', () => socket.destroy())
  socket.once('close', () => {
    clearTimeout(limit)
    resolve(false)
  })
  socket.once('data', (said: Buffer) => {
    resolve(said.toString('latin1').startsWith('HTTP/'))
    socket.destroy()
  })
  socket.write(ping)
  return promise
}

/** A call that every engine answers, and that changes nothing. */
export const ping = 'GET /_ping HTTP/1.1\r\nHost: docker\r\n\r\n'
