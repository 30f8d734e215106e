import { createHash, createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import type { CredentialTest } from '../../shared/vault/credential.ts'
import { bad, good, notTested } from './credential-test.ts'

const armour = /-----BEGIN ([A-Z0-9 ]+)-----[^-]+-----END \1-----/g
const SSH_MAGIC = 'openssh-key-v1\0'

/** A private key in its armour, with its certificate where that stands beside it: whether it is one, and whether they fit. */
export function testKey(value: string, nowMs: number): CredentialTest {
  const parts = Array.from(value.matchAll(armour), ([text, label = '']) => ({ text, label }))
  const keys = parts.filter(({ label }) => label.endsWith('PRIVATE KEY'))
  const [key] = keys
  if (key === undefined)
    return bad('There is no private key in it: -----BEGIN … PRIVATE KEY----- and its end are missing.')
  if (keys.length > 1) return bad(`There are ${keys.length} private keys in it; keep one.`)
  if (key.label === 'OPENSSH PRIVATE KEY') return testSshKey(key.text)
  if (key.label === 'ENCRYPTED PRIVATE KEY' || key.text.includes('ENCRYPTED')) {
    return notTested('The key is encrypted by a passphrase of its own, so nothing of it can be tested here.')
  }
  const opened = opening(() => createPrivateKey(key.text))
  if (opened === null) return bad('What stands in the armour is no private key: it was cut or changed.')
  const certificates = parts.filter(({ label }) => label === 'CERTIFICATE').map(({ text }) => text)
  return certificates.length === 0
    ? good(`It is a private key (${kindOf(opened)}).`)
    : testPair(opened, certificates, nowMs)
}

function testPair(key: KeyObject, texts: readonly string[], nowMs: number): CredentialTest {
  const certificates = texts.map((text) => opening(() => new X509Certificate(text)))
  const own = certificates.find((certificate) => certificate?.checkPrivateKey(key) === true) ?? null
  if (own === null) return bad(`It is a private key (${kindOf(key)}), and no certificate beside it is of this key.`)
  const is = `It is the private key (${kindOf(key)}) of the certificate of ${nameOf(own)}`
  if (Date.parse(own.validTo) <= nowMs) return bad(`${is}, which ran out at ${own.validTo}.`)
  if (Date.parse(own.validFrom) > nowMs) return bad(`${is}, which holds only from ${own.validFrom} on.`)
  return good(`${is}, valid until ${own.validTo}.`)
}

/** The subject's common name, else its other names, on one line. */
function nameOf({ subject, subjectAltName }: X509Certificate): string {
  const name = /(?:^|\n)CN=(.+)/.exec(subject ?? '')?.[1] ?? subjectAltName ?? 'nobody'
  return name.replaceAll(/\s+/g, ' ').slice(0, 200)
}

function kindOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string {
  const { modulusLength, namedCurve } = asymmetricKeyDetails ?? {}
  return [asymmetricKeyType, modulusLength, namedCurve].filter((part) => part !== undefined).join(' ')
}

/** OpenSSH's own form: Node cannot open it, but it says of itself what it is (PROTOCOL.key of OpenSSH 10). */
function testSshKey(text: string): CredentialTest {
  const bytes = Buffer.from(text.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64')
  const strings = opening(() => stringsOf(bytes))
  if (strings === null) return bad('What stands in the armour is no key of OpenSSH: it was cut or changed.')
  const { cipher, publicKey, type } = strings
  const print = createHash('sha256').update(publicKey).digest('base64').replace(/=+$/, '')
  const is = `It is a key of OpenSSH, ${type}, SHA256:${print}`
  return cipher === 'none' ? good(`${is}, without a passphrase.`) : good(`${is}, encrypted by a passphrase.`)
}

function stringsOf(bytes: Buffer): { cipher: string; publicKey: Buffer; type: string } {
  let at = SSH_MAGIC.length
  if (bytes.toString('latin1', 0, at) !== SSH_MAGIC) throw new RangeError('no magic')
  const next = (from: Buffer, start: number): Buffer => {
    const length = from.readUInt32BE(start)
    if (start + 4 + length > from.length) throw new RangeError('cut')
    return from.subarray(start + 4, start + 4 + length)
  }
  const take = (): Buffer => {
    const taken = next(bytes, at)
    at += 4 + taken.length
    return taken
  }
  const cipher = take().toString('latin1')
  take()
  take()
  at += 4
  const publicKey = take()
  const type = next(publicKey, 0).toString('latin1')
  if (take().length === 0 || !/^[a-z0-9@.-]{3,80}$/.test(type)) throw new RangeError('no key')
  return { cipher, publicKey, type }
}

/** Null for whatever cannot be opened: the parsers throw of every kind, and their words may quote the text. */
function opening<T>(open: () => T): T | null {
  try {
    return open()
  } catch {
    return null
  }
}
