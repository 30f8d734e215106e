import { placeholders } from './placeholders.ts'
import type { PackShape } from './pack-shape.ts'
import type { Problem } from './problem.ts'
import type { Step } from './step.ts'
import type { Path, PlacedStep } from './steps-of.ts'

/**
 * What does not fit about the program of a step. A script may only be fixed text inside a container or pod, its values being
 * positional parameters; and what a program would read as code holds no value, whatever way round it is written.
 */
export function programProblems(pack: PackShape, { step, path }: PlacedStep): Problem[] {
  const program =
    step.type === 'local-command' ? step : step.type === 'evidence' && step.take.from === 'program' ? step.take : null
  if (program === null) return []
  const at = [...path, ...(step.type === 'evidence' ? ['take'] : []), 'run']
  const { run } = program
  return 'script' in run
    ? scriptProblems(pack, step, [run.script, [...at, 'script']])
    : codeProblems(pack, step, run.argv, at)
}

function scriptProblems(pack: PackShape, step: Step, [script, at]: readonly [string, Path]): Problem[] {
  return [
    ...(placeholders(script).length === 0
      ? []
      : [{ path: at, message: 'holds a value; hand it over as one of its parameters' }]),
    ...(isAtHost(pack, step)
      ? [{ path: at, message: 'is a script, which may run inside a container or pod only; use `argv`' }]
      : []),
  ]
}

const shells = /^(?:sh|bash|dash|ash|zsh|ksh|fish|busybox|cmd|powershell|pwsh)(?:\.exe)?$/
const readers = /^(?:python[\d.]*|perl|ruby|node|php|psql|mysql|mongo|mongosh|sqlite3|awk|gawk)(?:\.exe)?$/
const takesCode = /^(?:-[a-z]*[ce]|\/c|--(?:eval|command|execute))(?==|$)/i

/** `sh -c 'rm ${file}'` would read the value as code; at a host no shell string runs at all. */
function codeProblems(pack: PackShape, step: Step, argv: readonly string[], at: Path): Problem[] {
  const names = argv.map((word) => word.split(/[/\\]/).at(-1) ?? '')
  const shell = names.findIndex((name) => shells.test(name))
  const reader = names.findIndex((name) => shells.test(name) || readers.test(name))
  if (reader < 0) return []
  return argv.flatMap((word, i): Problem[] => {
    const isAfter = i > reader && takesCode.test(argv[i - 1] ?? '')
    if (!isAfter && !(i > reader && takesCode.test(word) && word.includes('='))) return []
    const path = [...at, 'argv', i]
    if (placeholders(word).length > 0)
      return [{ path, message: 'is read as code and holds a value, which could be more code' }]
    return shell >= 0 && shell < i && isAtHost(pack, step)
      ? [
          {
            path,
            message: 'is a script for a shell, which may run inside a container or pod only; use `argv` without one',
          },
        ]
      : []
  })
}

function isAtHost({ places }: PackShape, { place: id }: Step): boolean {
  return places.find((place) => place.id === id)?.form === 'host'
}
