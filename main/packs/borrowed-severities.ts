import { borrowedDifference } from '../../shared/packs/borrowed-severities.ts'
import type { PackProblem } from '../../shared/packs/calls.ts'
import type { Refusal } from '../../shared/refusal.ts'
import { type LoadedPack, problemsRefusal } from './pack-file.ts'
import { listed } from './problems.ts'
import { readYaml } from './yaml-tree.ts'

/**
 * Where the severities that a pack borrows are not those of the pack they come from, if that one is among `packs`: two
 * runbooks of one system would otherwise speak of a P1 and mean two things. Null where nothing differs, and for a pack
 * that borrows none or whose lender is not there.
 */
export function borrowedProblem({ pack, bytes }: LoadedPack, packs: readonly LoadedPack[]): PackProblem | null {
  const lender = packs.find((other) => other.pack.id === pack.severitiesOf && other.pack.id !== pack.id)
  const difference = lender === undefined ? null : borrowedDifference(pack, lender.pack)
  if (difference === null) return null
  const { path, happened } = difference
  const read = readYaml(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))
  if ('trouble' in read) throw new Error(`the pack ${pack.id} was read and cannot be read again`)
  const offset = read.tree.offsetOf(path)
  const next = `Write the severities as '${pack.severitiesOf}' does, or remove \`severitiesOf\`.`
  const [problem] = listed([{ offset, order: offset, path, happened, next }], read.tree)
  return problem ?? null
}

/** The same for all of them: one refusal for each pack that differs. */
export function borrowedRefusals(packs: readonly LoadedPack[]): Refusal[] {
  return packs.flatMap((loaded) => {
    const problem = borrowedProblem(loaded, packs)
    return problem === null ? [] : [problemsRefusal(loaded.file, [problem]).refusal]
  })
}
