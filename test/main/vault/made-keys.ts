import { type KeyObject, sign } from 'node:crypto'

/* Keys and certificates made while a test runs, so that none lies in the repository. */

/** One value of DER (X.690): its tag, its length, its content. */
function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content)
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}

const sequence = (...content: readonly Uint8Array[]) => der(0x30, ...content)
const utcTime = (at: string) => der(0x17, Buffer.from(`${at.replaceAll(/[-:T]/g, '').slice(2, 14)}Z`))

/** A certificate that an Ed25519 key gives itself (RFC 5280, RFC 8410). Times as '2026-11-21T03:00:00'. */
export function selfSigned(
  keys: { publicKey: KeyObject; privateKey: KeyObject },
  name: string,
  from: string,
  to: string,
) {
  const ed25519 = sequence(der(0x06, Buffer.from([0x2b, 0x65, 0x70])))
  const commonName = sequence(der(0x06, Buffer.from([0x55, 0x04, 0x03])), der(0x0c, Buffer.from(name)))
  const subject = sequence(der(0x31, commonName))
  const body = sequence(
    der(0x02, Buffer.from([7])),
    ed25519,
    subject,
    sequence(utcTime(from), utcTime(to)),
    subject,
    keys.publicKey.export({ type: 'spki', format: 'der' }),
  )
  const signature = der(0x03, Buffer.from([0]), sign(null, body, keys.privateKey))
  return armoured('CERTIFICATE', sequence(body, ed25519, signature))
}

/** A key of OpenSSH as `ssh-keygen -t ed25519` writes it, with a private part that holds nothing. */
export function sshKey(cipher: 'none' | 'aes256-ctr', publicKey: Uint8Array): string {
  const text = (bytes: string | Uint8Array) => {
    const body = Buffer.from(bytes)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(body.length)
    return Buffer.concat([length, body])
  }
  const blob = Buffer.concat([text('ssh-ed25519'), text(publicKey)])
  const kdf = cipher === 'none' ? 'none' : 'bcrypt'
  const bytes = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    ...[cipher, kdf, ''].map(text),
    Buffer.from([0, 0, 0, 1]),
    text(blob),
    text(Buffer.alloc(64)),
  ])
  return armoured('OPENSSH PRIVATE KEY', bytes)
}

export function armoured(label: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}
