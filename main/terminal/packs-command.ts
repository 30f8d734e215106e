import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { messageOf } from '../../shared/message-of.ts'
import type { PackProblem } from '../../shared/packs/calls.ts'
import { coverageOf } from '../../shared/packs/coverage.ts'
import { itemsOf } from '../../shared/packs/items.ts'
import { packJsonSchemaText } from '../../shared/packs/json-schema.ts'
import { nearest } from '../../shared/packs/nearest.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { isPackId, packSkeleton } from '../../shared/packs/skeleton.ts'
import { stepsOf } from '../../shared/packs/steps-of.ts'
import { refuse } from '../../shared/refusal.ts'
import { inventoryBytesCap, readInventory } from '../packs/inventory.ts'
import { lintApart } from '../packs/lint.ts'
import type { PackShelf } from '../packs/pack-shelf.ts'
import { packNamed, readPackBytes } from '../packs/packs.ts'
import { coverageLines, diffLines } from './coverage-text.ts'
import type { Ending, Speaker } from './face.ts'
import { writeNewFile } from './new-file.ts'
import { type Bound, packLines, partLines, partsOf } from './pack-page.ts'
import { counted, plain, table } from './text.ts'

/** What a pack holds, in numbers. */
function countsOf(pack: Pack) {
  return {
    scenarios: pack.scenarios.length,
    routines: pack.routines.length,
    steps: stepsOf(pack).length,
    templates: pack.templates.length,
    items: itemsOf(pack).length,
  }
}

/** `muster packs list` */
export async function packsListCommand({ say, remark }: Speaker, shelf: PackShelf): Promise<Ending> {
  const origins = new Map(shelf.summaries().map(({ id, origin }) => [id, origin]))
  const rows = shelf.packs.map(({ pack, hash }) => {
    const { scenarios, routines, steps } = countsOf(pack)
    return [
      ...[pack.id, pack.version, pack.title, pack.severities.map(({ code }) => code).join(' ')],
      ...[String(scenarios), String(routines), String(steps), origins.get(pack.id) ?? '', hash.slice(0, 12)],
    ]
  })
  for (const { tried, happened } of shelf.refused) remark(`${tried}: ${happened}`)
  say(
    {
      packs: shelf.packs.map(({ pack, hash }) => ({
        id: pack.id,
        title: pack.title,
        version: pack.version,
        hash,
        origin: origins.get(pack.id),
        severities: pack.severities.map(({ id, code, name, rank }) => ({ id, code, name, rank })),
        questions: pack.triage.questions.map(({ id, text }) => ({ id, text })),
        counts: countsOf(pack),
      })),
      refused: shelf.refused,
    },
    table([['ID', 'VERSION', 'TITLE', 'SEVERITIES', 'SCENARIOS', 'ROUTINES', 'STEPS', 'FROM', 'SHA256'], ...rows]),
  )
  return true
}

/** `muster packs show ID [PART]`: the pack on a page, or one phase, scenario or routine of it. */
export async function packsShowCommand(
  { say }: Speaker,
  shelf: PackShelf,
  { id, part, bound }: { id: string; part: string | undefined; bound: Bound },
): Promise<Ending> {
  const loaded = packNamed(shelf.packs, id)
  const { pack, hash } = loaded
  if (part === undefined) {
    say({ pack, hash, bound }, packLines(loaded, bound))
    return true
  }
  const parts = partsOf(pack)
  const found = parts.find((one) => one.id === part)
  if (found === undefined) throw noPart(pack, part)
  say({ pack: pack.id, hash, ...found, bound }, partLines(pack, found, bound))
  return true
}

function noPart(pack: Pack, part: string) {
  const ids = partsOf(pack).map(({ id }) => id)
  const meant = nearest(part, ids)
  return refuse('not-found', {
    tried: `Show '${part.slice(0, 100)}' of the pack '${pack.id}'`,
    happened: 'It has no phase, scenario or routine of this id.',
    next: `${meant === null ? '' : `Did you mean '${meant}'? `}There are: ${ids.join(', ')}.`,
  })
}

/** `muster packs lint FILE`: every problem, a line each, as editors and compilers write them. Keeps nothing. */
export async function packsLintCommand({ say }: Speaker, file: string): Promise<Ending> {
  const linted = await lintApart(await readPackBytes(file, file), file)
  if ('problems' in linted) {
    const { problems } = linted
    say({ file, ok: false, problems }, [
      ...problems.flatMap((problem) => problemLines(file, problem)),
      `${counted(problems.length, 'problem')}${problems.length >= 100 ? ' or more' : ''} in ${plain(file)}.`,
    ])
    return 'refused'
  }
  const { pack, hash } = linted.loaded
  const { id, title, version } = pack
  say({ file, ok: true, problems: [], pack: { id, title, version, hash } }, [
    `${plain(file)} holds the pack '${id}', version ${version}, without a problem: ${counted(stepsOf(pack).length, 'step')}.`,
    `Take it among your packs: muster packs import ${plain(file)}`,
  ])
  return true
}

function problemLines(file: string, { line, column, path, happened, next }: PackProblem): string[] {
  const at = path === '' ? '' : `${path}: `
  return [`${plain(file)}:${line}:${column}: ${plain(`${at}${happened}.`)}`, `    ${plain(next)}`]
}

/** `muster packs coverage INVENTORY.csv`: what the packs cover of a list of requirements. */
export async function packsCoverageCommand({ say, remark }: Speaker, shelf: PackShelf, file: string): Promise<Ending> {
  const inventory = readInventory(await readInventoryFile(file), basename(file))
  for (const { tried, happened } of shelf.refused) remark(`${tried}: ${happened}`)
  const coverage = coverageOf(
    shelf.packs.map(({ pack }) => pack),
    inventory,
  )
  say({ coverage }, coverageLines(coverage))
  const isWhole = coverage.covered === coverage.rows && coverage.falseClaims.length === 0
  return isWhole && shelf.refused.length === 0 ? true : 'refused'
}

async function readInventoryFile(file: string): Promise<string> {
  try {
    const { size } = await stat(file)
    if (size <= inventoryBytesCap) return await readFile(file, 'utf8')
  } catch (cause) {
    throw refuse('storage', {
      tried: `Read the inventory ${file}`,
      happened: messageOf(cause),
      next: 'Check that it is there and may be read.',
      cause,
    })
  }
  throw refuse('too-large', {
    tried: `Read the inventory ${file}`,
    happened: 'It is larger than 8 MiB.',
    next: 'Split it.',
  })
}

/** `muster packs schema`: the JSON Schema of packs, for editors. */
export async function packsSchemaCommand({ write }: Speaker): Promise<Ending> {
  write(packJsonSchemaText())
  return true
}

/** `muster packs new NAME`: a pack to begin with, as NAME.yaml in this folder or where `out` says. Overwrites nothing. */
export async function packsNewCommand({ say }: Speaker, name: string, out: string | undefined): Promise<Ending> {
  const tried = `Begin the pack '${name.slice(0, 100)}'`
  if (!isPackId(name)) {
    throw refuse('bad-input', {
      tried,
      happened: 'A pack is called by lower-case words and digits joined by hyphens.',
      next: `Call it, for example, '${idLike(name)}'.`,
    })
  }
  const file = out ?? `${name}.yaml`
  // Nothing in it is secret, and it is shared with a team.
  await writeNewFile(file, packSkeleton(name), { tried, mode: 0o666 })
  say({ file, id: name }, [`Wrote ${plain(file)}. Change it, then: muster packs lint ${plain(file)}`])
  return true
}

function idLike(name: string): string {
  const id = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 64)
  return isPackId(id) ? id : 'our-service'
}

/** `muster packs import FILE`: takes it among the packs of this desk, and says what is new since the version before. */
export async function packsImportCommand({ say }: Speaker, shelf: PackShelf, file: string): Promise<Ending> {
  const { pack, diff } = await shelf.import(await readPackBytes(file, file), file)
  say({ pack, diff }, [
    `Took the pack '${pack.id}', version ${pack.version} (sha256 ${pack.hash.slice(0, 12)}).`,
    ...(diff === null ? [] : diffLines(diff)),
    ...(diff === null ? [`See it: muster packs show ${pack.id}`] : []),
  ])
  return true
}

/** `muster packs remove ID` */
export async function packsRemoveCommand({ say }: Speaker, shelf: PackShelf, id: string): Promise<Ending> {
  await shelf.remove(id)
  say({ removed: id }, [`The pack '${id}' is gone from this desk. Incidents keep the one they were declared with.`])
  return true
}
