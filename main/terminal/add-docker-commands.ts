import type { Command } from 'commander'
import { type EndpointsOptions, endpointsCommand } from './docker-command.ts'
import type { GlobalOptions, Opening } from './face.ts'

/** Adds `muster docker …`. */
export function addDockerCommands(program: Command, opening: Opening): void {
  const docker = program.command('docker').description('the Docker engines that this machine knows of')
  docker
    .command('endpoints', { isDefault: true })
    .description('list them, how each is reached, and how this desk treats it (id, name or address says which)')
    .option('--protect <id>', 'show it as protected, in words and with a frame')
    .option('--unprotect <id>', 'take that back')
    .option('--allow-changes <id>', 'let actions change what runs there; without it Muster only reads')
    .option('--read-only <id>', 'let Muster only read there, which is usual')
    .action((options: EndpointsOptions, command: Command) =>
      opening.withFace(command.optsWithGlobals<GlobalOptions>(), async (face) => {
        await endpointsCommand(face, options)
        return true
      }),
    )
}
