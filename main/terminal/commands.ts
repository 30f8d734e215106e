import { type Command, InvalidArgumentError, Option } from 'commander'
import { exportFormatSchema } from '../../shared/postmortem/entries.ts'
import { addOverlayCommands } from './add-overlay-commands.ts'
import { addDockerCommands } from './add-docker-commands.ts'
import { addHandoverCommands } from './add-handover-commands.ts'
import { addPacksCommands } from './add-packs-commands.ts'
import { addResponseCommands } from './add-response-commands.ts'
import { addStorageCommands } from './add-storage-commands.ts'
import { addTargetsCommands } from './add-targets-commands.ts'
import { addVaultCommands } from './add-vault-commands.ts'
import { attachCommand } from './attach-command.ts'
import { anchorCommand } from './anchor-command.ts'
import { declareCommand } from './declare-command.ts'
import { eraseCommand } from './erase-command.ts'
import { evidenceCommand } from './evidence-command.ts'
import { exportCommand } from './export-command.ts'
import type { Face, GlobalOptions, Opening } from './face.ts'
import { findingsCommand } from './findings-command.ts'
import { incidentsCommand, noteCommand, resolveCommand } from './incident-commands.ts'
import { journalExportCommand, journalImportCommand } from './journal-command.ts'
import { logCommand, logHelp } from './log-command.ts'
import { practiceCommand } from './practice-command.ts'
import { searchCommand } from './search-command.ts'
import { starCommand } from './star-command.ts'
import { sweepCommand } from './sweep-command.ts'
import { waiveCommand } from './waive-command.ts'
import { verifyCommand, type VerifyCommandOptions } from './verify-command.ts'

/** Adds every command of the terminal. */
export function addCommands(program: Command, opening: Opening): void {
  const run =
    <Args extends unknown[]>(work: (face: Face, ...args: Args) => Promise<unknown>) =>
    async (...args: [...Args, Command]): Promise<void> => {
      const command = args.at(-1) as Command
      await opening.withFace(command.optsWithGlobals<GlobalOptions>(), async (face) => {
        return (await work(face, ...(args.slice(0, -1) as Args))) !== false
      })
    }

  addPacksCommands(program, opening)
  addOverlayCommands(program, opening, readTime)

  program
    .command('declare')
    .description('declare an incident')
    .requiredOption('--pack <id>', 'which runbook it follows')
    .option('--title <text>', 'what is wrong, in a few words; may come from --alert')
    .option(
      '--alert <file>',
      "fill what is not said from an alert: Alertmanager's JSON or any text; - reads standard input",
    )
    .option('--severity <code>', 'a severity of the pack, such as P1; without it the answers decide')
    .option('--answers <file>', 'JSON file with answers to the triage questions')
    .option('--unconfirmed', 'not sure yet that it is an incident')
    .option('--exercise', 'it is an exercise, and says so everywhere')
    .option('--detected-at <time>', 'when it was noticed, ISO 8601; default: now', readTime)
    .option('--commander <name>', 'who commands')
    .option('--type <id...>', "what sort it is, of the runbook's incident types")
    .option('--system <name...>', 'systems that are affected')
    .option('--reported-by <name>', 'who or what noticed it')
    .action(run(declareCommand))

  program.command('incidents').description('list the incidents of this desk').action(run(incidentsCommand))

  program
    .command('sweep')
    .description('look into a Docker engine; without an incident it prints and keeps nothing')
    .option('--incident <id>', 'keep findings and evidence in this incident')
    .option(
      '--docker <host>',
      'the engine: a context, unix:///…, tcp://… or ssh://…; default: what the docker CLI would use',
    )
    .action(run(sweepCommand))

  addDockerCommands(program, opening)

  program
    .command('findings <id>')
    .description('derive the findings of a kept sweep again, from its evidence alone')
    .option('--from <bundle>', 'the evidence by the first digits of its hash; default: that of the newest sweep')
    .option('--hygiene', 'show what is untidy instead: no limits, no health check, leftovers')
    .action(run(findingsCommand))

  program
    .command('waive <id> <code> <object>')
    .description('accept a finding until a time, with a reason; it stays in every count')
    .option('--until <time>', 'until when: 8h, 7d, 18:30 (UTC), 2026-11-28')
    .requiredOption('--reason <text>', 'why')
    .option('--end', 'it is no longer accepted')
    .action(run(waiveCommand))

  program.command('note <id> <text>').description('log a note').action(run(noteCommand))

  program
    .command('log <id> <line...>')
    .description("log a line as in the window's quick entry: a note, or :task, :decide, :sev, :update and others")
    .option('--local', 'read times as those of this machine, not as UTC')
    .addHelpText('after', logHelp)
    .action(run(logCommand))

  program
    .command('star <id> <entry>')
    .description('pin an entry for the report (#12, or digits of its hash)')
    .option('--off', 'take the star off')
    .action(run(starCommand))

  program
    .command('attach <id> <file>')
    .description('keep a file of any size as evidence of an incident; secrets in text are masked first')
    .option('--note <text>', 'what it is, kept with it')
    .action(run(attachCommand))

  program
    .command('evidence <id>')
    .description('list the evidence of an incident, what is gone soonest first')
    .option('--check', 'hash all of it again')
    .option('--custody', 'show whose hands it went through')
    .option('--save <item>', 'write an item to a file; BUNDLE:ITEM where several bundles hold one of that name')
    .option('--raw <item>', 'write the sealed raw form of an item to a file; asks for the passphrase of the vault')
    .option('--out <file>', 'where to write it')
    .option('--to <name>', 'to whom it goes; default: who types')
    .option('--because <text>', 'why')
    .action(run(evidenceCommand))

  program
    .command('resolve <id>')
    .description('end an incident')
    .option('--summary <text>', 'what ended it', '')
    .option('--false-alarm', 'it was none')
    .action(run(resolveCommand))

  program
    .command('erase <id> [entry]')
    .description(
      'erase the text of an entry for good (#12, or digits of its hash), or evidence; who, why and when stay',
    )
    .option('--evidence <sha>', 'the evidence of that sha256, or its beginning, instead of an entry')
    .requiredOption('--reason <text>', 'why; stays in the journal, so do not repeat what goes')
    .requiredOption('--approver <name>', 'who approved it; stays in the journal')
    .action(run(eraseCommand))

  program
    .command('export <id>')
    .description('write the post-mortem')
    .addOption(new Option('--format <format>').choices([...exportFormatSchema.options]).makeOptionMandatory())
    .requiredOption('--out <file>', 'where to write it')
    .action(run(exportCommand))

  const journal = program.command('journal').description('bring an incident to another desk, and theirs here')
  journal
    .command('export <id>')
    .description('write one incident, with its evidence, as a file that another desk can import')
    .requiredOption('--out <file>', 'where to write it')
    .option('--without-evidence', 'only the entries')
    .action(run(journalExportCommand))
  journal
    .command('import <file>')
    .description('merge what another desk exported; what is known here already does no harm')
    .action(run(journalImportCommand))

  program
    .command('search [words...]')
    .description(
      'find entries and text evidence: words, "phrases" (in quotes of their own), begin*; after --: -without',
    )
    .option('--incident <id>', 'only of this incident: id, number, end of a number, or words of the title')
    .option('--kind <kind>', 'only entries of this kind, such as noted')
    .option('--by <name>', 'only of this person')
    .option('--after <time>', 'logged since: 2026-11-21, 2026-11-21T14:05, 14:05, 2h')
    .option('--before <time>', 'logged before')
    .option('--starred', 'only starred entries')
    .option('--ranked', 'the best first, instead of the newest')
    .option('--limit <count>', 'how many at most', readLimit, 20)
    .action(run(searchCommand))

  program
    .command('verify')
    .description('check every chain, body and piece of evidence; changes nothing')
    .option('--anchor <file>', 'compare with an anchor that was kept elsewhere; - reads standard input')
    .option('--rebuild', 'throw away what is kept of incidents beside their entries: the next start makes it anew')
    .action(async (options: VerifyCommandOptions, command: Command) => {
      await opening.withFolder(command.optsWithGlobals<GlobalOptions>(), (speaker, folder) =>
        verifyCommand(speaker, folder, options),
      )
    })

  addResponseCommands(program, run, readTime)
  addHandoverCommands(program, run, readTime)
  addStorageCommands(program, opening)
  addVaultCommands(program, opening)
  addTargetsCommands(program, opening)

  program
    .command('anchor [id]')
    .description('the heads of the chains as text, to be kept elsewhere: of one incident, or of all')
    .option('--out <file>', 'write them into a file')
    .option('--also-in <folder>', 'from now on each anchor goes into this folder too; none: into the data folder alone')
    .action(run(anchorCommand))

  program
    .command('practice')
    .description('play one incident through on a simulated system, without a display')
    .requiredOption('--out <folder>', 'an empty or new folder: post-mortem, evidence and journal are left there')
    .action(async (options: { out: string }, command: Command) => {
      await practiceCommand(options.out, command.optsWithGlobals<GlobalOptions>(), opening)
    })
}

function readTime(text: string): string {
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) throw new InvalidArgumentError('Give a time such as 2026-11-21T03:00:00Z.')
  return new Date(ms).toISOString()
}

function readLimit(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1 || count > 500)
    throw new InvalidArgumentError('Give a number from 1 to 500.')
  return count
}
