import { type Command, Option } from 'commander'
import { type Paper, paperSchema } from '../../shared/people/contact-card.ts'
import { cardCommand } from './card-command.ts'
import type { GlobalOptions, Opening } from './face.ts'
import { peopleExportCommand, peopleForgetCommand, peopleImportCommand, peopleListCommand } from './people-commands.ts'
import {
  vaultCreateCommand,
  vaultForgetCommand,
  vaultPassphraseCommand,
  vaultSetCommand,
  vaultUnlockCommand,
} from './vault-commands.ts'
import { vaultIdleCommand, vaultListCommand, vaultStatusCommand, vaultTestCommand } from './vault-look-commands.ts'
import { type VaultCommand, withVault } from './vault-place.ts'

/** Adds `muster vault …` and `muster people …`. Secrets are typed when asked for, or piped in line by line; never given as arguments. */
export function addVaultCommands(program: Command, opening: Opening): void {
  const vault = program.command('vault').description('credentials, encrypted; secrets are read from standard input')
  const run =
    <Options>(work: VaultCommand<Options>, options: Options) =>
    (command: Command): Promise<void> =>
      opening.withShelf(command.optsWithGlobals<GlobalOptions>(), (speaker, shelf, folder) =>
        withVault(speaker, { shelf, folder }, options, work),
      )

  vault
    .command('status')
    .description('whether there is one, by what it is sealed, and what names credentials of it')
    .action((_options: unknown, command: Command) => run(vaultStatusCommand, null)(command))
  vault
    .command('create')
    .description("begin one, sealed by the system's secret store; shows its recovery key once")
    .option('--passphrase', 'sealed by a passphrase instead')
    .action((options: { passphrase?: boolean }, command: Command) => run(vaultCreateCommand, options)(command))
  vault
    .command('unlock')
    .description('try whether it opens')
    .option('--recovery', 'by the recovery key')
    .action((options: { recovery?: boolean }, command: Command) => run(vaultUnlockCommand, options)(command))
  vault
    .command('list')
    .description('what it holds: names, when each was taken last, and what names it')
    .action((_options: unknown, command: Command) => run(vaultListCommand, null)(command))
  vault
    .command('set <name>')
    .description('keep a credential')
    .option('--kind <kind>', 'what it is: token, password, database-url, webhook …', 'token')
    .action((name: string, { kind }: { kind: string }, command: Command) =>
      run(vaultSetCommand, { name, kind })(command),
    )
  vault
    .command('forget <name>')
    .description('delete a credential')
    .action((name: string, _options: unknown, command: Command) => run(vaultForgetCommand, { name })(command))
  vault
    .command('test <name>')
    .description(
      'what can be told of a credential without sending it anywhere; a PIN or code is compared with what you type',
    )
    .action((name: string, _options: unknown, command: Command) => run(vaultTestCommand, { name })(command))
  vault
    .command('idle [minutes]')
    .description("after how many minutes without anybody the window's vault locks itself")
    .action((minutes: string | undefined, _options: unknown, command: Command) =>
      run(vaultIdleCommand, { minutes })(command),
    )
  vault
    .command('passphrase')
    .description('seal it by a new passphrase')
    .option('--recovery', 'open it by the recovery key')
    .action((options: { recovery?: boolean }, command: Command) => run(vaultPassphraseCommand, options)(command))

  const people = program.command('people').description('who can be called; kept in the vault')
  people
    .command('list')
    .description('everyone, with the first way to reach them and the time there')
    .action((_options: unknown, command: Command) => run(peopleListCommand, null)(command))
  people
    .command('import <file>')
    .description('take in a CSV or vCard file; says what it did not understand')
    .action((file: string, _options: unknown, command: Command) => run(peopleImportCommand, { file })(command))
  people
    .command('export')
    .description('write them to a file that anybody can read')
    .requiredOption('--out <file>', 'where to write it')
    .option('--in-the-clear', 'yes, unencrypted')
    .action((options: { out: string; inTheClear?: boolean }, command: Command) =>
      run(peopleExportCommand, options)(command),
    )
  people
    .command('forget <id>')
    .description('delete a contact')
    .action((id: string, _options: unknown, command: Command) => run(peopleForgetCommand, { id })(command))

  program
    .command('card')
    .description('write the contact card for a bag: roles, names, every number in the clear, the order of escalation')
    .requiredOption('--pack <id>', 'for which runbook')
    .requiredOption('--out <file>', 'where to write it: .pdf or .html')
    .addOption(new Option('--paper <paper>', 'on which paper').choices([...paperSchema.options]).default('a4'))
    .action((options: { pack: string; out: string; paper: Paper }, command: Command) =>
      opening.withShelf(command.optsWithGlobals<GlobalOptions>(), (speaker, shelf, folder) =>
        withVault(speaker, { shelf, folder }, options, (place, wanted) => cardCommand(place, shelf, wanted)),
      ),
    )
}
