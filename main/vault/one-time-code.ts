import { createHmac, timingSafeEqual } from 'node:crypto'

/** The seed of one-time codes as authenticators take it. */
export interface OneTimeSeed {
  readonly key: Buffer
  readonly digits: number
  readonly periodMs: number
  readonly algorithm: 'sha1' | 'sha256' | 'sha512'
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const algorithms = { SHA1: 'sha1', SHA256: 'sha256', SHA512: 'sha512' } as const

/**
 * Reads a seed: base 32, in groups or not, or the whole address of a QR code (`otpauth://totp/…`, Key URI Format of Google
 * Authenticator). Null for what is neither, or counts instead of following the clock.
 */
export function readSeed(text: string): OneTimeSeed | null {
  const trimmed = text.trim()
  if (!trimmed.toLowerCase().startsWith('otpauth:')) return seedOf(trimmed, new URLSearchParams())
  const address = URL.parse(trimmed)
  if (address === null || address.host.toLowerCase() !== 'totp') return null
  return seedOf(address.searchParams.get('secret') ?? '', address.searchParams)
}

function seedOf(text: string, said: URLSearchParams): OneTimeSeed | null {
  const key = fromBase32(text)
  const digits = Number(said.get('digits') ?? 6)
  const seconds = Number(said.get('period') ?? 30)
  const algorithm = new Map(Object.entries(algorithms)).get((said.get('algorithm') ?? 'SHA1').toUpperCase())
  if (key === null || key.length < 10 || algorithm === undefined) return null
  if (!Number.isInteger(digits) || digits < 6 || digits > 8) return null
  if (!Number.isInteger(seconds) || seconds < 10 || seconds > 300) return null
  return { key, digits, periodMs: seconds * 1_000, algorithm }
}

/** RFC 4648, 6; without regard to case, blanks, dashes and padding. */
function fromBase32(text: string): Buffer | null {
  const letters = text.toUpperCase().replaceAll(/[\s-]|=+$/g, '')
  const bytes: number[] = []
  let held = 0
  let bits = 0
  for (const letter of letters) {
    const value = LETTERS.indexOf(letter)
    if (value === -1) return null
    held = (held << 5) | value
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes.push((held >> bits) & 0xff)
    held &= (1 << bits) - 1
  }
  return Buffer.from(bytes)
}

/** The code of a moment (RFC 6238). */
export function codeAt({ key, digits, periodMs, algorithm }: OneTimeSeed, atMs: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(atMs / periodMs)))
  const hash = createHmac(algorithm, key).update(counter).digest()
  const offset = (hash.at(-1) ?? 0) & 0x0f
  const number = hash.readUInt32BE(offset) & 0x7fff_ffff
  return String(number % 10 ** digits).padStart(digits, '0')
}

/** By how many periods a device is ahead whose code this is, at most one either way (RFC 6238, 5.2); null: it is no code of this seed. */
export function stepsOff(seed: OneTimeSeed, typed: string, nowMs: number): -1 | 0 | 1 | null {
  const given = Buffer.from(typed.replaceAll(/\s/g, ''))
  const found = ([0, -1, 1] as const).filter((steps) => {
    const code = Buffer.from(codeAt(seed, nowMs + steps * seed.periodMs))
    return given.length === code.length && timingSafeEqual(given, code)
  })
  return found[0] ?? null
}
