import { type Pack, packSchema } from '../../shared/packs/pack.ts'
import { packShapeSchema } from '../../shared/packs/pack-shape.ts'
import { RefusalError } from '../../shared/refusal.ts'
import { readPack } from './pack-file.ts'
import { patternProblems } from './pattern-problems.ts'
import { readYaml } from './yaml-tree.ts'

type Data = Readonly<Record<string, unknown>>

/**
 * A pack whose bytes an incident carries: whole where it is of this Muster's form, else as much of it as is. A part (a list
 * at its top) that an older or newer form wrote otherwise is left out, and so is what names something in such a part: an
 * open incident keeps its severities, clocks and calls. Null where what every pack has cannot be read.
 */
export function readPackInPart(bytes: Uint8Array, file: string): Pack | null {
  try {
    return readPack(bytes, file).pack
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error
  }
  const read = readYaml(Buffer.from(bytes).toString('utf8'))
  if ('trouble' in read || typeof read.tree.data !== 'object' || read.tree.data === null) return null
  const wrong = new Set(patternProblems(read.tree).map(({ path }) => String(path[0])))
  return inPart(without(fitting(read.tree.data as Data), wrong))
}

/** The parts whose form is right by itself. */
function fitting(data: Data): Data {
  const parts = packShapeSchema.shape
  return Object.fromEntries(
    Object.entries(data).filter(
      ([key, value]) => Object.hasOwn(parts, key) && parts[key as keyof typeof parts].safeParse(value).success,
    ),
  )
}

/** Leaves out what refers to something that is not there, until all that is left fits. */
function inPart(data: Data): Pack | null {
  const parsed = packSchema.safeParse(data)
  if (parsed.success) return parsed.data
  const wrong = new Set(parsed.error.issues.map(({ path }) => String(path[0])))
  const left = without(data, wrong)
  return Object.keys(left).length < Object.keys(data).length ? inPart(left) : null
}

function without(data: Data, keys: ReadonlySet<string>): Data {
  return Object.fromEntries(Object.entries(data).filter(([key]) => !keys.has(key)))
}
