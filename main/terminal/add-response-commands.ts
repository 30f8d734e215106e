import { type Command, Option } from 'commander'
import { linkSchema, relationSchema } from '../../shared/incident/entries.ts'
import { callResultSchema, calledBySchema } from '../../shared/people/entries.ts'
import { callCommand, toldCommand, whoCommand } from './call-commands.ts'
import { teamCommand } from './team-command.ts'
import {
  classifyCommand,
  clocksCommand,
  doneCommand,
  dutyCommand,
  pauseCommand,
  relateCommand,
  severityCommand,
} from './clock-commands.ts'
import type { Face } from './face.ts'
import { phaseCommand } from './phase-command.ts'
import { linkCommand, whyCommand } from './say-commands.ts'
import { snoozeCommand } from './snooze-command.ts'

/** Makes an action of a command that works with the desk. */
type Run = <Args extends unknown[]>(
  work: (face: Face, ...args: Args) => Promise<unknown>,
) => (...args: [...Args, Command]) => Promise<void>

/** Adds the commands about people, clocks and duties of an incident. `readTime` turns a typed time into ISO UTC. */
export function addResponseCommands(program: Command, run: Run, readTime: (text: string) => string): void {
  const means = () => new Option('--by <means>', 'how').choices([...calledBySchema.options])

  program
    .command('who <id>')
    .description('who is called next, why and how, of the runbook and the calls so far; needs no network')
    .option('--matrix', 'the whole escalation: by severity, type and time of day; with an incident, where it is')
    .option('--script', 'what to say to who is called first, to be read out')
    .option('--told', 'who has to be told by the runbook, and how far that is')
    .option('--numbers', 'with their numbers, out of the vault: asks for its passphrase')
    .action(run(whoCommand))
  program
    .command('call <id> <role>')
    .description('log a call to a role of the runbook, and say who is next')
    .addOption(
      new Option('--result <result>', 'how it went').choices([...callResultSchema.options]).makeOptionMandatory(),
    )
    .addOption(means().default('phone'))
    .option('--person <name>', 'who was called')
    .option('--edge <id>', 'the rule of the escalation that it answers; default: the one that calls them now')
    .option('--note <text>', 'what was said')
    .option('--at <time>', 'when, ISO 8601; default: now', readTime)
    .action(run(callCommand))
  program
    .command('told <id> <notification>')
    .description('log that somebody was told, as the runbook wants')
    .option('--to <text>', 'whom; default: whom the runbook names')
    .addOption(means())
    .option('--not-needed', 'they need not be told; say why with --note')
    .option('--not-reached', 'it was tried in vain')
    .option('--note <text>', 'what was said, or why not')
    .option('--at <time>', 'when, ISO 8601; default: now', readTime)
    .action(run(toldCommand))

  program
    .command('team <id> [title]')
    .description('form, change or dissolve a sub-team; who reports to whom')
    .option('--lead <name>', 'who leads it')
    .option('--member <name...>', 'who is in it')
    .option('--dissolve', 'it is no more')
    .action(run(teamCommand))

  program.command('clocks <id>').description('every clock, what is overdue first').action(run(clocksCommand))
  program
    .command('pause <id> <clock>')
    .description('let a clock stand still')
    .requiredOption('--reason <text>', 'why')
    .action(run(pauseCommand('pauseClock')))
  program
    .command('resume <id> <clock>')
    .description('let a clock run on')
    .requiredOption('--reason <text>', 'why')
    .action(run(pauseCommand('resumeClock')))
  program
    .command('snooze <id> <clock> <minutes>')
    .description('let the alarm of a clock wait; it counts on, and rings again then')
    .requiredOption('--reason <text>', 'why')
    .action(run(snoozeCommand))
  program
    .command('phase <id> [phase]')
    .description('which phase the work is in; with a phase of the runbook, moves it there')
    .option('--reason <text>', 'why')
    .action(run(phaseCommand))
  program
    .command('done <id> <clock>')
    .description('what a clock asks for was done: an authority was told, a review is scheduled')
    .option('--note <text>', 'what was done')
    .action(run(doneCommand))
  program
    .command('duty <id> <duty>')
    .description('a duty towards an authority holds, so its clock runs')
    .requiredOption('--reason <text>', 'why')
    .option('--not', 'it does not hold')
    .option('--since <time>', 'since when, ISO 8601; default: now', readTime)
    .action(run(dutyCommand))

  program
    .command('classify <id>')
    .description('what sort of incident it is, beside how bad it is; says all of it anew')
    .option('--type <type...>', 'types of the runbook')
    .option('--priority <priority>', 'in what order it is worked on')
    .option('--system <name...>', 'systems that are affected')
    .action(run(classifyCommand))
  program
    .command('severity <id> [code]')
    .description("set how bad it is, by name or by the runbook's grid of impact and urgency; not sure takes the higher")
    .option('--impact <impact>', 'a row of the grid, or: unsure')
    .option('--urgency <urgency>', 'a column of the grid, or: unsure')
    .option('--reason <text>', 'why; where the grid leads, it says why itself')
    .option('--reason-follows', 'set it now and say why later, with: why ID (not when it is lowered)')
    .action(run(severityCommand))
  program
    .command('why <id>')
    .description('say why the severity was set, where its reason is owed')
    .requiredOption('--reason <text>', 'why')
    .action(run(whyCommand))
  program
    .command('link <id> <kind> [url]')
    .description(`set a link of the room: ${linkSchema.options.join(', ')}; https, mailto, tel or sms`)
    .option('--title <text>', 'how it is called')
    .option('--none', 'take the link away')
    .action(run(linkCommand))
  program
    .command('relate <id> <other>')
    .description('tie an incident to another one')
    .addOption(new Option('--how <how>', 'how').choices([...relationSchema.options, 'none']).default('related'))
    .option('--end', 'end it as a duplicate: the work goes on in the other')
    .action(run(relateCommand))
}
