import type { Duplex } from 'node:stream'
import { type Access, type SshPlace, sshForwarded, sshSessions } from './address.ts'
import { ProgramSocket } from './program-socket.ts'
import { SocketLine } from './socket-line.ts'
import { sshArguments } from './ssh-arguments.ts'
import { forwardedSocket, ping } from './ssh-forward.ts'
import { closed, endOf, notInTime, triedAt } from './ssh-refusals.ts'
import { type SshShare, shareFor } from './ssh-share.ts'

/** What everything else goes through. */
interface Login {
  /** Reaches the engine, and holds the login: with its end, and with this process's, all of it ends. */
  readonly socket: ProgramSocket
  /** Null where sharing is left to the user's own configuration, or there is none. */
  readonly share: SshShare | null
  /** Null where the host has no socket forwarded. */
  readonly forwarded: SocketLine | null
}

/**
 * Connections to an engine through the system's ssh, over one login: a key is offered, and refused, once for all of them.
 * Where the host lets it, the engine's socket is forwarded, and a connection costs next to nothing; else each is a `docker
 * system dial-stdio` over there, of which a login may have ten (sshd_config, MaxSessions).
 */
export class SshLine {
  readonly #place: SshPlace
  readonly #environment: Access['environment']
  readonly #open = new Set<ProgramSocket>()
  readonly #closing = new AbortController()
  #login: Promise<Login> | null = null

  constructor(place: SshPlace, environment: Access['environment']) {
    this.#place = place
    this.#environment = environment
  }

  /** Refuses with what ssh said where there is no way in. */
  async open(): Promise<Duplex> {
    const { share, forwarded } = await this.#in()
    return forwarded === null ? this.#start(share?.guest ?? []) : forwarded.open()
  }

  /**
   * Logs in, where that is not done, and says how many connections may be open at once. Never rejects: whatever stands in
   * the way, each call is told of it.
   */
  async prepare(): Promise<number> {
    try {
      return (await this.#in()).forwarded === null ? sshSessions : sshForwarded
    } catch {
      return sshSessions
    }
  }

  /** Ends every ssh that was started here. */
  close(): void {
    this.#closing.abort()
    for (const socket of this.#open) socket.destroy()
  }

  /** A login that came to nothing, or has ended, is made anew for whoever comes next. */
  #in(): Promise<Login> {
    this.#login ??= this.#logIn().catch((error: unknown) => {
      this.#login = null
      throw error
    })
    return this.#login
  }

  async #logIn(): Promise<Login> {
    const [place, environment] = [this.#place, this.#environment]
    const share = await shareFor(place, environment, this.#closing.signal)
    const socket = await this.#begun(share)
    await this.#proofOf(socket)
    const forwarded =
      share === null ? null : await forwardedSocket({ place, environment, share, signal: this.#closing.signal })
    const forget = () => {
      this.#login = null
    }
    if (socket.destroyed) forget()
    else socket.once('close', forget)
    return { socket, share, forwarded: forwarded === null ? null : new SocketLine(forwarded) }
  }

  async #begun(share: SshShare | null): Promise<ProgramSocket> {
    try {
      const socket = this.#start(share?.host ?? [])
      if (share !== null) void socket.ended.then(() => share.remove())
      return socket
    } catch (error) {
      await share?.remove()
      throw error
    }
  }

  #start(options: readonly string[]): ProgramSocket {
    const place = this.#place
    if (this.#closing.signal.aborted) throw closed(place)
    const order = {
      tried: triedAt(place),
      program: 'ssh',
      argv: sshArguments(place, options),
      environment: this.#environment,
    }
    const socket = new ProgramSocket(order, (outcome) => endOf(place, outcome))
    this.#open.add(socket)
    socket.once('close', () => this.#open.delete(socket))
    return socket
  }

  /** Resolves once the engine has answered through it. */
  #proofOf(socket: ProgramSocket): Promise<void> {
    return new Promise((resolve, reject) => {
      let failure: Error | null = null
      socket.once('spoken', resolve)
      socket.once('error', (error: Error) => {
        failure = error
      })
      socket.once('close', () => reject(failure ?? notInTime(this.#place)))
      socket.resume()
      socket.write(ping)
    })
  }
}
