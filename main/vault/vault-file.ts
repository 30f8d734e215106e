import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { z } from 'zod'
import { canonicalJson } from '../../shared/journal/canonical.ts'
import { sha256Schema, ulidSchema } from '../../shared/journal/header.ts'
import { jsonOrNull } from '../../shared/json-or-null.ts'
import { refuse } from '../../shared/refusal.ts'

const FORMAT = 'muster.dev/vault/1'
/** Bytes of a data key, of a key that seals one, and of AES-256's. */
const KEY = 32

const hex = z.string().regex(/^(?:[0-9a-f]{2})+$/)
const boxSchema = z.strictObject({ iv: hex.length(24), tag: hex.length(32), data: hex })
/** `revision` rises each time the part is written; it is sealed with it. */
const partSchema = z.strictObject({ revision: z.int().min(1), ...boxSchema.shape })
const scryptSchema = z.strictObject({
  N: z.int().min(16_384).max(1_048_576),
  r: z.int().min(8).max(32),
  p: z.int().min(1).max(4),
  salt: hex.length(64),
})

/**
 * One way to the data key. `passphrase`: sealed under scrypt of it. `system`: under a key that the operating system's
 * secret store keeps. `recovery`: under the key that is printed on the recovery sheet.
 */
const sealSchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('passphrase'), scrypt: scryptSchema, key: boxSchema }),
  z.strictObject({ by: z.literal('system'), key: boxSchema }),
  z.strictObject({ by: z.literal('recovery'), key: boxSchema }),
])

const vaultFileSchema = z.strictObject({
  format: z.literal(FORMAT),
  id: ulidSchema,
  seals: z.array(sealSchema).min(1).max(3),
  /** Sealed apart, so that the contacts can stay open while the credentials are locked. */
  credentials: partSchema,
  contacts: partSchema,
})

export type VaultFile = z.infer<typeof vaultFileSchema>
export type Seal = VaultFile['seals'][number]
type Box = z.infer<typeof boxSchema>
type SealedPart = z.infer<typeof partSchema>

/**
 * scrypt's cost: 128 MiB and some 0.4 s a guess on a laptop of 2024 (OWASP Password Storage Cheat Sheet 2025: N=2^17,
 * r=8, p=1 is its strongest line).
 */
const COST = { N: 131_072, r: 8, p: 1 } as const

/** The file's text: one line of canonical JSON, and a line with its sha256, so that any flipped byte is seen. */
export function writeVaultFile(file: VaultFile): string {
  const text = canonicalJson(vaultFileSchema.parse(file))
  return `${text}\n${sha256Of(text)}\n`
}

/** Reads it back; refuses `damaged` whatever is not byte for byte what `writeVaultFile` wrote. */
export function readVaultFile(text: string, path: string): VaultFile {
  const [json = '', sum = ''] = text.split('\n', 2)
  if (text !== `${json}\n${sum}\n` || !sha256Schema.safeParse(sum).success || sha256Of(json) !== sum)
    throw damaged(path)
  const parsed = vaultFileSchema.safeParse(jsonOrNull(json))
  if (!parsed.success) throw damaged(path)
  return parsed.data
}

export function newDataKey(): Buffer {
  return randomBytes(KEY)
}

/** Seals the data key under a passphrase. */
export async function sealByPassphrase(id: string, dataKey: Uint8Array, passphrase: string): Promise<Seal> {
  const cost = { ...COST, salt: randomBytes(KEY).toString('hex') }
  return {
    by: 'passphrase',
    scrypt: cost,
    key: lock(await stretch(passphrase, cost), dataKey, sealOf(id, 'passphrase')),
  }
}

/** Seals the data key under a key of 32 bytes that is kept elsewhere: the system's store, a printed sheet. */
export function sealByKey(id: string, dataKey: Uint8Array, by: 'system' | 'recovery', key: Uint8Array): Seal {
  return { by, key: lock(derive(key, by), dataKey, sealOf(id, by)) }
}

/** The data key, or null where the passphrase is not the right one. */
export async function unsealByPassphrase(file: VaultFile, passphrase: string): Promise<Buffer | null> {
  const seal = file.seals.find((one) => one.by === 'passphrase')
  if (seal === undefined) return null
  return unlock(await stretch(passphrase, seal.scrypt), seal.key, sealOf(file.id, 'passphrase'))
}

/** The data key, or null where this key does not open it. */
export function unsealByKey(file: VaultFile, by: 'system' | 'recovery', key: Uint8Array): Buffer | null {
  const seal = file.seals.find((one) => one.by === by)
  return seal === undefined ? null : unlock(derive(key, by), seal.key, sealOf(file.id, by))
}

export type Part = 'credentials' | 'contacts'

/** The key of one part of the vault: whoever holds it opens that part alone. */
export function partKey(dataKey: Uint8Array, part: Part): Buffer {
  return derive(dataKey, part)
}

/** The key of one raw form of evidence: whoever holds it opens that form alone. `salt` is random, and kept with the form. */
export function rawFormKey(dataKey: Uint8Array, salt: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', dataKey, salt, `${FORMAT} raw form`, KEY))
}

/** Encrypts a part's JSON. It can be opened only in the place it was made for: this vault, this part, this revision. */
export function lockPart(id: string, revision: number, part: Part, key: Uint8Array, value: unknown): SealedPart {
  return { revision, ...lock(key, Buffer.from(canonicalJson(value), 'utf8'), `${FORMAT} ${id} ${revision} ${part}`) }
}

/** The part's JSON, or null where the key is not its own. */
export function openPart(file: VaultFile, part: Part, key: Uint8Array): unknown {
  const bytes = unlock(key, file[part], `${FORMAT} ${file.id} ${file[part].revision} ${part}`)
  if (bytes === null) return null
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown
  } finally {
    bytes.fill(0)
  }
}

function sealOf(id: string, by: Seal['by']): string {
  return `${FORMAT} ${id} key by ${by}`
}

function lock(key: Uint8Array, plain: Uint8Array, context: string): Box {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context))
  const data = Buffer.concat([cipher.update(plain), cipher.final()])
  return { iv: iv.toString('hex'), tag: cipher.getAuthTag().toString('hex'), data: data.toString('hex') }
}

/** Null where the tag does not fit: another key, or another context. */
function unlock(key: Uint8Array, box: Box, context: string): Buffer | null {
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(box.iv, 'hex'))
    .setAAD(Buffer.from(context))
    .setAuthTag(Buffer.from(box.tag, 'hex'))
  const plain = decipher.update(Buffer.from(box.data, 'hex'))
  try {
    decipher.final()
    return plain
  } catch {
    // The one failure that `final` has: the tag does not fit (Node 24, crypto, decipher.final).
    plain.fill(0)
    return null
  }
}

function derive(key: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `${FORMAT} ${purpose}`, KEY))
}

const scryptOf = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt)

function stretch(passphrase: string, { N, r, p, salt }: z.infer<typeof scryptSchema>): Promise<Buffer> {
  // Typed on another keyboard, the same letters may come composed differently.
  return scryptOf(passphrase.normalize('NFKC'), Buffer.from(salt, 'hex'), KEY, { N, r, p, maxmem: 256 * N * r })
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

export function damaged(path: string) {
  return refuse('damaged', {
    tried: `Read the vault ${path}`,
    happened: 'The file is not as Muster wrote it. It was left as it is.',
    next: 'Bring it back from a backup, or move it away and begin a new vault. Declaring, logging and clocks go on without it.',
  })
}
