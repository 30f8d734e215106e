import type { Command } from 'commander'
import { withBindings } from '../../shared/packs/overlay.ts'
import { standingPlaces } from '../../shared/targets/binding.ts'
import { OverlayShelf } from '../packs/overlay-shelf.ts'
import type { PackShelf } from '../packs/pack-shelf.ts'
import { packNamed } from '../packs/packs.ts'
import { BindingStore } from '../targets/binding-store.ts'
import type { GlobalOptions, Opening } from './face.ts'
import type { Bound } from './pack-page.ts'
import {
  packsCoverageCommand,
  packsImportCommand,
  packsLintCommand,
  packsListCommand,
  packsNewCommand,
  packsRemoveCommand,
  packsSchemaCommand,
  packsShowCommand,
} from './packs-command.ts'

/** Adds the commands about runbook packs. None of them opens the journal. */
export function addPacksCommands(program: Command, opening: Opening): void {
  const global = (command: Command): GlobalOptions => command.optsWithGlobals<GlobalOptions>()
  const packs = program
    .command('packs')
    .description('the runbooks of this desk: those that ship, and those you imported')

  packs
    .command('list')
    .description('list them, with severities, sizes and hashes, and what could not be read')
    .action((_options: unknown, command: Command) => opening.withShelf(global(command), packsListCommand))
  packs
    .command('show <id> [part]')
    .description('a pack on a page; or one phase, scenario or routine of it, step by step with the commands to type')
    .action(async (id: string, part: string | undefined, _options: unknown, command: Command) => {
      await opening.withShelf(global(command), async (speaker, shelf, dataFolder) =>
        packsShowCommand(speaker, shelf, { id, part, bound: await boundOf(shelf, dataFolder, id) }),
      )
    })
  packs
    .command('lint <file>')
    .description('say everything that is wrong with a file, with line, column and what was meant; 1 where something is')
    .action((file: string, _options: unknown, command: Command) =>
      opening.withSpeaker(global(command), (speaker) => packsLintCommand(speaker, file)),
    )
  packs
    .command('coverage <inventory>')
    .description('which requirements of a CSV (id, seed, kind, title) the packs cover; 1 where one is not, or wrongly')
    .action((inventory: string, _options: unknown, command: Command) =>
      opening.withShelf(global(command), (speaker, shelf) => packsCoverageCommand(speaker, shelf, inventory)),
    )
  packs
    .command('schema')
    .description('print the JSON Schema of packs, for editors')
    .action((_options: unknown, command: Command) => opening.withSpeaker(global(command), packsSchemaCommand))
  packs
    .command('new <name>')
    .description('write a pack to begin with, as NAME.yaml')
    .option('--out <file>', 'another file')
    .action((name: string, options: { out?: string }, command: Command) =>
      opening.withSpeaker(global(command), (speaker) => packsNewCommand(speaker, name, options.out)),
    )
  packs
    .command('import <file>')
    .description('take a pack among those of this desk; says what is new since the version before')
    .action((file: string, _options: unknown, command: Command) =>
      opening.withShelf(global(command), (speaker, shelf) => packsImportCommand(speaker, shelf, file)),
    )
  packs
    .command('remove <id>')
    .description('take an imported pack away; its file stays as the previous version')
    .action((id: string, _options: unknown, command: Command) =>
      opening.withShelf(global(command), (speaker, shelf) => packsRemoveCommand(speaker, shelf, id)),
    )
}

/** What this desk binds of a pack, or else the overlay in force. */
async function boundOf(shelf: PackShelf, dataFolder: string, id: string): Promise<Bound> {
  const { pack, hash } = packNamed(shelf.packs, id)
  const [own, effective] = await Promise.all([
    new BindingStore(dataFolder).read(id),
    new OverlayShelf(dataFolder, shelf).effective(pack),
  ])
  const standing = { places: standingPlaces(own.places, hash), targets: own.targets }
  const { places, targets } = withBindings(effective, standing)
  return { places, targets }
}
