import { weightOf } from '../../shared/patterns/pattern-tree.ts'
import { compilePattern } from '../../shared/patterns/pattern.ts'
import { cut, problemsCap, type Told } from './problems.ts'
import type { DataPath, YamlTree } from './yaml-tree.ts'

/** How heavy all patterns of a pack may be together: compiling them takes half a second then. */
const weightCap = 100_000

/** What is wrong with the patterns of a pack, whatever else may be wrong with it. */
export function patternProblems(tree: YamlTree): Told[] {
  const problems: Told[] = []
  const seen = new Map<string, ReturnType<typeof compilePattern>>()
  let weight = 0
  for (const { source, path } of patternsIn(tree.data, [])) {
    if (problems.length >= problemsCap) break
    if (weight > weightCap) {
      problems.push(told(tree, path, "is one of so many that the pack's patterns are too large together", 'Use fewer.'))
      break
    }
    const compiled = seen.get(source) ?? compilePattern(source)
    if (!seen.has(source) && 'pattern' in compiled) weight += weightOf(compiled.pattern.tree)
    seen.set(source, compiled)
    if ('pattern' in compiled) continue
    const { at, happened, next } = compiled.trouble
    const place = at === 0 ? '' : `, from its character ${at + 1} on`
    problems.push(told(tree, path, `the pattern '${cut(source)}' ${happened}${place}`, next))
  }
  return problems
}

function told(tree: YamlTree, path: DataPath, happened: string, next: string): Told {
  const offset = tree.offsetOf(path)
  return { offset, order: offset, path, happened, next }
}

/** Texts that the schema takes for patterns (`patternSchema`): of all calls `pattern` and `also`, of processes `match`. */
function* patternsIn(value: unknown, path: DataPath): Generator<{ source: string; path: DataPath }> {
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    for (const [index, one] of value.entries()) yield* patternsIn(one, [...path, index])
    return
  }
  const isOfProcesses = 'kind' in value && value.kind === 'host-processes'
  for (const [key, below] of Object.entries(value)) {
    const isPattern = key === 'pattern' || key === 'also' || (key === 'match' && isOfProcesses)
    if (isPattern && typeof below === 'string') yield { source: below, path: [...path, key] }
    else yield* patternsIn(below, [...path, key])
  }
}
