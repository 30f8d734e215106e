import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Slots } from './slots.ts'

/** An engine that takes nobody in for so long is said to be out of reach; the calls themselves give up before. */
const patienceMs = 60_000
const againAfterMs = 10
const againAtLatestMs = 100
/** So many knock at once: a crowd that knocks again and again would keep the machine from letting anybody in. */
const mostAtOnce = 64

/**
 * Opens connections to a socket of this machine's. Where more knock at once than the system lets wait there (net.core.somaxconn: 4,096,
 * on Linux before 5.4 128), it turns the rest away with EAGAIN: those knock again. A thousand containers are asked about at once.
 */
export class SocketLine {
  readonly #path: string
  readonly #slots = new Slots(mostAtOnce)
  #isClosed = false

  constructor(path: string) {
    this.#path = path
  }

  /** Rejects with the system's own error. */
  open(): Promise<Socket> {
    const until = performance.now() + patienceMs
    return this.#slots.run(async () => {
      for (let tries = 1; !this.#isClosed; tries += 1) {
        const socket = await connected(this.#path, performance.now() < until)
        if (socket === 'turned away') await sleep(Math.min(againAtLatestMs, tries * againAfterMs))
        else if (this.#isClosed) socket.destroy()
        else return socket
      }
      throw new Error('The connection is no longer wanted.')
    })
  }

  /** What is still being opened ends with an error. */
  close(): void {
    this.#isClosed = true
  }
}

function connected(path: string, mayWait: boolean): Promise<Socket | 'turned away'> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket | 'turned away'>()
  const socket = connect({ path })
  const onError = (error: NodeJS.ErrnoException) => {
    if (error.code === 'EAGAIN' && mayWait) resolve('turned away')
    else reject(error)
  }
  socket.once('error', onError)
  socket.once('connect', () => {
    socket.off('error', onError)
    resolve(socket)
  })
  return promise
}
