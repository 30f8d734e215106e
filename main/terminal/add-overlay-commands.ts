import type { Command } from 'commander'
import { draftCommand } from './draft-command.ts'
import type { Face, GlobalOptions, Opening } from './face.ts'
import { overlayLintCommand, overlayNewCommand, overlayShowCommand, overlayUseCommand } from './overlay-commands.ts'
import { readyCommand } from './ready-command.ts'
import { tickCommand } from './tick-command.ts'

/** Adds the commands about what an organisation adds to its runbooks, and about working through them. `readTime` turns a typed time into ISO UTC. */
export function addOverlayCommands(program: Command, opening: Opening, readTime: (text: string) => string): void {
  const global = (command: Command): GlobalOptions => command.optsWithGlobals<GlobalOptions>()
  const face = (command: Command, work: (open: Face) => Promise<void>) =>
    opening.withFace(global(command), async (open) => {
      await work(open)
      return true
    })
  const overlay = program.command('overlay').description('what your organisation adds to its runbooks')
  overlay
    .command('show', { isDefault: true })
    .description('the overlay in force: each value that is yours, beside what the runbook says')
    .action((_options: unknown, command: Command) => opening.withShelf(global(command), overlayShowCommand))
  overlay
    .command('new <name> [packs...]')
    .description('write an overlay to begin with, with a row for everything that the packs leave open')
    .option('--out <file>', 'another file than NAME.yaml')
    .action((name: string, packs: string[], { out }: { out?: string }, command: Command) =>
      opening.withShelf(global(command), (speaker, shelf) => overlayNewCommand(speaker, shelf, { name, packs, out })),
    )
  overlay
    .command('lint <file>')
    .description('say everything that is wrong with a file, with line, column and what was meant; 1 where something is')
    .action((file: string, _options: unknown, command: Command) =>
      opening.withShelf(global(command), (speaker, shelf) => overlayLintCommand(speaker, shelf, file)),
    )
  overlay
    .command('use [file]')
    .description('keep a copy of it, and put that in force for incidents to come')
    .option('--none', 'let the runbooks stand alone')
    .action((file: string | undefined, { none = false }: { none?: boolean }, command: Command) =>
      opening.withShelf(global(command), (speaker, shelf, dataFolder) =>
        overlayUseCommand(speaker, shelf, { file, dataFolder, none }),
      ),
    )
  program
    .command('ready [pack]')
    .description('what would be missing on the day: people, approvers, bindings, credentials, drills')
    .action((pack: string | undefined, _options: unknown, command: Command) =>
      face(command, (open) => readyCommand(open, pack)),
    )
  program
    .command('tick <id> [item]')
    .description('tick an item of the runbook (the end of its path is enough); without one, list them all')
    .option('--off', 'take the tick off')
    .option('--note <text>', 'what came out of it')
    .option('--value <text>', 'for which value, of a step that is done once for each of a list')
    .option('--at <time>', 'when it was done, ISO 8601; default: now', readTime)
    .action(
      (
        id: string,
        item: string | undefined,
        options: { off?: boolean; note?: string; at?: string; value?: string },
        command: Command,
      ) => face(command, (open) => tickCommand(open, id, item, options)),
    )
  program
    .command('draft <id> [template]')
    .description('print a message of the runbook, filled from the record; without a template, list them')
    .option('--set <name=value...>', 'say a field; a name that is given again makes a list')
    .action((id: string, template: string | undefined, options: { set?: string[] }, command: Command) =>
      face(command, (open) => draftCommand(open, id, template, options)),
    )
}
