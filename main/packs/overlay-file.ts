import { overlaySchema, overlaySchemaFor } from '../../shared/packs/overlay-references.ts'
import { type Overlay, overlayShapeSchema } from '../../shared/packs/overlay-shape.ts'
import type { PackProblem } from '../../shared/packs/calls.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { sha256 } from '../journal/sha256.ts'
import { refuse } from '../../shared/refusal.ts'
import { problemsRefusal } from './pack-file.ts'
import { listed, problemsOf } from './problems.ts'
import { readYaml } from './yaml-tree.ts'

/** An overlay with the bytes it was read from, and their sha256 (lower-case hex), by which an incident pins it. */
export interface LoadedOverlay {
  readonly overlay: Overlay
  readonly bytes: Uint8Array
  readonly hash: string
}

/** The largest overlay, in bytes: it is read on the thread that answers the window. */
const bytesCap = 262_144

export type LintedOverlay = { readonly loaded: LoadedOverlay } | { readonly problems: readonly PackProblem[] }

/**
 * Reads an overlay and holds it against the packs at hand; every problem with its place, in the order of the file.
 * Refuses `too-large` alone.
 */
export function lintOverlay(bytes: Uint8Array, file: string, packs: readonly Pack[]): LintedOverlay {
  return read(bytes, file, overlaySchemaFor(packs))
}

/**
 * Reads an overlay for itself, whatever packs there are: what names nothing there is left out when it is applied.
 * Refuses `too-large`, and `bad-input` with line, column and path of the first problem; a secret in it is one.
 */
export function readOverlay(bytes: Uint8Array, file: string): LoadedOverlay {
  const linted = read(bytes, file, overlaySchema)
  if ('problems' in linted) throw problemsRefusal(file, linted.problems, 'overlay')
  return linted.loaded
}

function read(bytes: Uint8Array, file: string, schema: typeof overlayShapeSchema): LintedOverlay {
  if (bytes.byteLength > bytesCap) {
    throw refuse('too-large', {
      tried: `Read the overlay ${file}`,
      happened: 'It is larger than 256 KiB.',
      next: 'Leave out what no pack needs.',
    })
  }
  const text = decoded(bytes)
  if (text === null) return alone('its bytes are not UTF-8 text', 'Save it as UTF-8.')
  const yaml = readYaml(text)
  if ('trouble' in yaml) {
    const { happened, next } = yaml.trouble
    return alone(happened, next, yaml)
  }
  const parsed = schema.safeParse(yaml.tree.data)
  if (parsed.success) return { loaded: { overlay: parsed.data, bytes, hash: sha256(bytes) } }
  return { problems: listed(problemsOf(parsed.error.issues, yaml.tree, overlayShapeSchema), yaml.tree) }
}

function alone(happened: string, next: string, { line, column } = { line: 1, column: 1 }): LintedOverlay {
  return { problems: [{ line, column, path: '', happened, next, meant: null }] }
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    if (cause instanceof TypeError) return null
    throw cause
  }
}
