import { readFile, stat } from 'node:fs/promises'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { connect, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls'
import { type RefusalError, refuse } from '../../shared/refusal.ts'
import { codeOf } from '../error-code.ts'
import type { TlsFiles } from './address.ts'

interface TlsPlace {
  readonly host: string
  readonly port: number
  readonly files: TlsFiles | null
}

const largestFile = 1_048_576

/** Connections to an engine by TLS. The keys are read for the first one, and stay with it. */
export class TlsLine {
  readonly #place: TlsPlace
  #context: Promise<SecureContext> | null = null

  constructor(place: TlsPlace) {
    this.#place = place
  }

  /** Refuses keys that cannot be read or are none; a handshake that fails is the connection's own error. */
  async open(): Promise<TLSSocket> {
    const { host, port, files } = this.#place
    this.#context ??= contextOf(files)
    return connect({
      host,
      port,
      secureContext: await this.#context,
      rejectUnauthorized: files?.verifies ?? true,
      ALPNProtocols: ['http/1.1'],
      ...(isIP(host) === 0 ? { servername: host } : {}),
    })
  }
}

/** docker/cli, cli/context/docker/load.go: a ca.pem vouches alone; certificate and key only where both are there. */
async function contextOf(files: TlsFiles | null): Promise<SecureContext> {
  if (files === null) return createSecureContext()
  const [ca, cert, key] = await Promise.all(
    ['ca.pem', 'cert.pem', 'key.pem'].map((name) => pem(join(files.folder, name))),
  )
  try {
    return createSecureContext({
      ...(ca === null ? {} : { ca }),
      ...(cert === null || key === null ? {} : { cert, key }),
    })
  } catch (error) {
    throw noKeys(files.folder, whyNot(error), error)
  }
}

async function pem(file: string): Promise<Buffer | null> {
  try {
    const { size } = await stat(file)
    if (size > largestFile) throw noKeys(file, 'It is larger than any key.', null)
    return await readFile(file)
  } catch (error) {
    const code = codeOf(error) ?? ''
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw code === '' ? error : noKeys(file, `It cannot be read (${code}).`, error)
  }
}

/** By OpenSSL's own names for it; its words may quote what was in the file. */
function whyNot(error: unknown): string {
  const code = codeOf(error) ?? ''
  if (code.includes('KEY_VALUES_MISMATCH')) return 'cert.pem and key.pem do not belong together.'
  if (/BAD_DECRYPT|BAD_PASSWORD|INTERRUPTED_OR_CANCELLED|PASSPHRASE/.test(code))
    return 'key.pem is locked by a passphrase.'
  return `What lies there is no key or no certificate (${code === '' ? 'unknown form' : code}).`
}

function noKeys(where: string, happened: string, cause: unknown): RefusalError {
  return refuse('bad-input', {
    tried: `Read the keys in ${where}`,
    happened: `The keys in ${where} are of no use. ${happened}`,
    next: 'Mend the files, or name another folder by DOCKER_CERT_PATH or the docker context.',
    cause,
  })
}
