import { randomBytes } from 'node:crypto'
import { open, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { NONCE_PLACEHOLDER, windowHeaders, windowPolicy } from './content-policy.ts'

/** One file of the window, or the refusal of it: what either shell answers a request with. */
export interface FileAnswer {
  readonly status: 200 | 404 | 405
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

const MAX_FILE_BYTES = 32 * 1024 * 1024

/**
 * A step of a path as the build writes them. Everything else (dots alone, percent signs, backslashes, colons, names
 * that end in a dot) is refused unread, so no decoding can turn it into another path.
 */
const step = /^[A-Za-z0-9_-](?:[A-Za-z0-9_.@-]*[A-Za-z0-9_-])?$/

/** Answers the requests of the window from one folder, and from nowhere else. */
export class RendererFiles {
  readonly #folder: string
  readonly #origin: string

  /** `origin` without a slash at its end: `https://muster.invalid`, `app://muster`. */
  constructor(options: { folder: string; origin: string }) {
    this.#folder = options.folder
    this.#origin = options.origin
  }

  /** Never rejects for what is asked; only for a folder that cannot be read at all. */
  async answer(request: { method: string; url: string }): Promise<FileAnswer> {
    if (request.method !== 'GET') return refusal(405)
    const path = filePath(request.url, this.#origin)
    if (path === null) return refusal(404)
    const type = types[extname(path)]
    if (type === undefined) return refusal(404)
    const bytes = await this.#read(path)
    if (bytes === null) return refusal(404)
    const nonce = randomBytes(18).toString('base64')
    const body =
      path === 'index.html' ? Buffer.from(bytes.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce)) : bytes
    return { status: 200, headers: { ...windowHeaders(windowPolicy(nonce)), 'Content-Type': type }, body }
  }

  /** The bytes of a regular file that really lies below the folder, links resolved; otherwise null. */
  async #read(path: string): Promise<Buffer | null> {
    const root = await realpath(this.#folder)
    const real = await realpath(join(root, ...path.split('/'))).catch(absent)
    if (real === null || !real.startsWith(root + sep)) return null
    const file = await open(real, 'r').catch(absent)
    if (file === null) return null
    try {
      const found = await file.stat()
      if (!found.isFile() || found.size > MAX_FILE_BYTES) return null
      return await file.readFile()
    } finally {
      await file.close()
    }
  }
}

/** The path below the folder that a URL asks for, with forward slashes, or null where it asks for none. */
export function filePath(url: string, origin: string): string | null {
  if (!url.startsWith(`${origin}/`)) return null
  const asked = url.slice(origin.length + 1).split(/[?#]/, 1)[0] ?? ''
  if (asked === '') return 'index.html'
  return asked.length <= 300 && asked.split('/').every((each) => step.test(each)) ? asked : null
}

function absent(error: NodeJS.ErrnoException): null {
  if (['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP', 'ENAMETOOLONG', 'EISDIR'].includes(error.code ?? '')) return null
  throw error
}

function refusal(status: 404 | 405): FileAnswer {
  return {
    status,
    headers: { ...windowHeaders("default-src 'none'"), 'Content-Type': 'text/plain; charset=utf-8' },
    body: Buffer.from(status === 405 ? 'Muster answers GET alone.' : 'Muster has no such file.'),
  }
}
