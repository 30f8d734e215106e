import type { Command } from 'commander'
import { backupCommand, restoreCommand } from './backup-command.ts'
import type { GlobalOptions, Opening } from './face.ts'
import { mirrorCommand, mirrorOffCommand, mirrorSetCommand } from './mirror-command.ts'
import { openCommand } from './open-command.ts'

/** Adds the commands about mirror, backup, and opening a folder. */
export function addStorageCommands(program: Command, opening: Opening): void {
  const global = (command: Command): GlobalOptions => command.optsWithGlobals<GlobalOptions>()

  const mirror = program
    .command('mirror')
    .description('keep a second folder as this one: another disk, a stick, a share')
  mirror
    .command('set <folder>')
    .description('mirror into this folder from now on, and copy what is there')
    .action(async (folder: string, _options: unknown, command: Command) => {
      await opening.withFace(global(command), async (face) => {
        await mirrorSetCommand(face, folder)
        return true
      })
    })
  mirror
    .command('off')
    .description('mirror no more')
    .action((_options: unknown, command: Command) => opening.withFolder(global(command), mirrorOffCommand))
  mirror
    .command('status')
    .description('how the mirror stands, and how old it is')
    .action((_options: unknown, command: Command) => opening.withFolder(global(command), mirrorCommand('look')))
  mirror
    .command('now')
    .description('copy what waits, without a window')
    .action((_options: unknown, command: Command) => opening.withFolder(global(command), mirrorCommand('copy')))

  program
    .command('backup')
    .description('copy journal and evidence into a new folder, while others go on writing')
    .requiredOption('--out <folder>', 'a folder that is not there yet')
    .action(async (options: { out: string }, command: Command) => {
      await opening.withFolder(global(command), (speaker, folder) => backupCommand(speaker, folder, options))
    })

  program
    .command('restore <backup>')
    .description('bring a backup back into a new folder, and try what was brought back')
    .requiredOption('--to <folder>', 'a new or empty folder')
    .action(async (backup: string, options: { to: string }, command: Command) => {
      await opening.withFolder(global(command), (speaker) => restoreCommand(speaker, backup, options))
    })

  program
    .command('open [folder]')
    .description('open the window on a data folder, a mirror or a copy')
    .action(async (folder: string | undefined, _options: unknown, command: Command) => {
      await opening.withFolder(global(command), (speaker, dataFolder) => openCommand(speaker, dataFolder, folder))
    })
}
