import { hash } from 'node:crypto'
import type { Sha256 } from '../../shared/journal/chain.ts'

/** sha256 over the parts as lower-case hex. The one-shot form is the fast one in Node 24 (measured: 1.2 µs an entry). */
export const sha256: Sha256 = (...parts) => {
  if (parts.length === 1) {
    const [only = ''] = parts
    return hash('sha256', only, 'hex')
  }
  if (parts.every((part) => typeof part === 'string')) return hash('sha256', parts.join(''), 'hex')
  return hash(
    'sha256',
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part))),
    'hex',
  )
}
