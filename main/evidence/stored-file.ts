/** What a bundle is when it is not compressed: a tar of items with their index, or one file just as it was given. */
export type Form = 'tar' | 'file'

/** How the bytes of a bundle lie on the disk. */
export type Encoding = 'plain' | 'zstd'

/** The name of a stored file says all that is needed to read it: `<sha256 of the bundle's bytes>.tar`, `.bin`, with `.zst` after it. */
export interface StoredName {
  readonly bundle: string
  readonly form: Form
  readonly encoding: Encoding
}

const extensions = { tar: '.tar', file: '.bin' } as const
const shapes: readonly Omit<StoredName, 'bundle'>[] = [
  { form: 'tar', encoding: 'plain' },
  { form: 'tar', encoding: 'zstd' },
  { form: 'file', encoding: 'plain' },
  { form: 'file', encoding: 'zstd' },
]

export function storedName({ bundle, form, encoding }: StoredName): string {
  return `${bundle}${extensions[form]}${encoding === 'zstd' ? '.zst' : ''}`
}

/** What a file name of the store says; null for one that is none of the store's. */
export function readStoredName(name: string): StoredName | null {
  const bundle = name.slice(0, 64)
  if (!isBundle(bundle)) return null
  const shape = shapes.find((one) => storedName({ bundle, ...one }) === name)
  return shape === undefined ? null : { bundle, ...shape }
}

/** Every name under which a bundle may lie. */
export function namesOf(bundle: string): StoredName[] {
  return shapes.map((shape) => ({ bundle, ...shape }))
}

/** Whether it is a bundle's name: the 64 lower-case hex digits of a sha256. */
export function isBundle(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text)
}
