import { basename } from 'node:path'
import type { PackProblem } from '../../shared/packs/calls.ts'
import { applyOverlay } from '../../shared/packs/overlay.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { overlaySkeleton } from '../../shared/packs/overlay-skeleton.ts'
import { isPackId } from '../../shared/packs/skeleton.ts'
import { refuse } from '../../shared/refusal.ts'
import { type LintedOverlay, lintOverlay } from '../packs/overlay-file.ts'
import { OverlayShelf } from '../packs/overlay-shelf.ts'
import type { PackShelf } from '../packs/pack-shelf.ts'
import { packNamed, readPackBytes } from '../packs/packs.ts'
import type { Ending, Speaker } from './face.ts'
import { writeNewFile } from './new-file.ts'
import { counted, plain, table } from './text.ts'

/** `muster overlay show`: the overlay in force, and each value that is yours beside what the runbook says. */
export async function overlayShowCommand({ say }: Speaker, shelf: PackShelf, dataFolder: string): Promise<Ending> {
  const { loaded, file, refusal } = await new OverlayShelf(dataFolder, shelf).inForce()
  if (refusal !== null) {
    say({ file, overlay: null, refusal }, [
      `The overlay ${plain(file ?? '')} is in force and cannot be read, so the runbooks stand alone.`,
      plain(refusal.happened),
      plain(refusal.next),
    ])
    return 'refused'
  }
  if (loaded === null) {
    say({ file: null, overlay: null }, [
      'No overlay is in force: the runbooks stand alone.',
      'Begin one: muster overlay new OUR-NAME',
    ])
    return true
  }
  const { overlay, hash } = loaded
  const filled = shelf.packs.map(({ pack }) => applyOverlay(pack, overlay))
  const rows = filled.flatMap(({ pack, yours }) =>
    yours.map(({ path, says, runbook }) => [pack.id, namedPath(pack, path), says, runbook ?? 'leaves it open']),
  )
  say({ file, overlay, hash, filled: filled.map(({ pack, yours }) => ({ pack: pack.id, yours })) }, [
    `${plain(overlay.title)} (${overlay.id}): ${plain(file ?? '')}`,
    `sha256 ${hash}`,
    `${counted(overlay.people.length, 'person', 'people')} named.`,
    '',
    ...(rows.length === 0
      ? ['It fills nothing of the packs at this desk.']
      : table([['PACK', 'WHERE', 'YOURS', 'THE RUNBOOK'], ...rows])),
  ])
  return true
}

/** A path by the ids of its items: 'severities/p1/respondWithinMinutes'. */
function namedPath(pack: Pack, path: string): string {
  let here: unknown = pack
  const steps = path.split(/[.[]/).map((step) => {
    const key = step.replace(']', '')
    here = typeof here === 'object' && here !== null && Object.hasOwn(here, key) ? Reflect.get(here, key) : undefined
    if (!step.endsWith(']') || typeof here !== 'object' || here === null) return key
    const id: unknown = Reflect.get(here, 'id') ?? Reflect.get(here, 'role')
    return typeof id === 'string' ? id : key
  })
  return steps.join('/')
}

/** `muster overlay lint FILE`: every problem, a line each; keeps nothing. */
export async function overlayLintCommand(speaker: Speaker, shelf: PackShelf, file: string): Promise<Ending> {
  const linted = await lint(shelf, file)
  if ('problems' in linted) return tellProblems(speaker, file, linted.problems)
  const { overlay, hash } = linted.loaded
  speaker.say({ file, ok: true, problems: [], overlay: { id: overlay.id, title: overlay.title, hash } }, [
    `${plain(file)} holds the overlay '${overlay.id}' without a problem.`,
    `Put it in force: muster overlay use ${plain(file)}`,
  ])
  return true
}

/** `muster overlay use FILE`: lints it, keeps a copy and puts that in force; `none`: the runbooks stand alone again. */
export async function overlayUseCommand(
  speaker: Speaker,
  shelf: PackShelf,
  { file, dataFolder, none }: { file: string | undefined; dataFolder: string; none: boolean },
): Promise<Ending> {
  const overlays = new OverlayShelf(dataFolder, shelf)
  if (none) {
    await overlays.useNone()
    speaker.say({ overlay: null }, ['No overlay is in force now. The file stays where it is.'])
    return true
  }
  if (file === undefined) {
    throw refuse('bad-input', {
      tried: 'Put an overlay in force',
      happened: 'No file was named.',
      next: 'Name one: muster overlay use FILE; or take it out of force: muster overlay use --none',
    })
  }
  const linted = await lint(shelf, file)
  if ('problems' in linted) return tellProblems(speaker, file, linted.problems)
  const kept = await overlays.use(linted.loaded)
  const { id, title } = linted.loaded.overlay
  speaker.say({ file: kept, overlay: { id, title, hash: linted.loaded.hash } }, [
    `${plain(title)} is in force: ${plain(kept)}`,
    'Incidents that are declared from now on keep it. What is still missing: muster ready',
  ])
  return true
}

/** `muster overlay new NAME [PACK…]`: an overlay to begin with. Overwrites nothing. */
export async function overlayNewCommand(
  { say }: Speaker,
  shelf: PackShelf,
  { name, packs, out }: { name: string; packs: readonly string[]; out: string | undefined },
): Promise<Ending> {
  const tried = `Begin the overlay '${name.slice(0, 100)}'`
  if (!isPackId(name)) {
    throw refuse('bad-input', {
      tried,
      happened: 'An overlay is called by lower-case words and digits joined by hyphens.',
      next: "Call it after your organisation, for example 'northwind-ferries'.",
    })
  }
  const chosen = packs.length === 0 ? shelf.packs : packs.map((id) => packNamed(shelf.packs, id))
  const file = out ?? `${name}.yaml`
  const text = overlaySkeleton(
    name,
    chosen.map(({ pack }) => pack),
  )
  await writeNewFile(file, text, { tried })
  say({ file, id: name, packs: chosen.map(({ pack }) => pack.id) }, [
    `Wrote ${plain(file)}. Fill it, then: muster overlay lint ${plain(file)}`,
  ])
  return true
}

async function lint(shelf: PackShelf, file: string): Promise<LintedOverlay> {
  const packs = shelf.packs.map(({ pack }) => pack)
  return lintOverlay(await readPackBytes(file, file), basename(file), packs)
}

function tellProblems({ say }: Speaker, file: string, problems: readonly PackProblem[]): Ending {
  say({ file, ok: false, problems }, [
    ...problems.flatMap(({ line, column, path, happened, next }) => [
      `${plain(file)}:${line}:${column}: ${plain(`${path === '' ? '' : `${path}: `}${happened}.`)}`,
      `    ${plain(next)}`,
    ]),
    `${counted(problems.length, 'problem')}${problems.length >= 100 ? ' or more' : ''} in ${plain(file)}.`,
  ])
  return 'refused'
}
