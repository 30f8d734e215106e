import type { Command } from 'commander'
import type { Face } from './face.ts'
import {
  acceptCommand,
  activityCommand,
  briefCommand,
  handoverCommand,
  releaseCommand,
  takeCommand,
} from './handover-commands.ts'

/** Makes an action of a command that works with the desk. */
type Run = <Args extends unknown[]>(
  work: (face: Face, ...args: Args) => Promise<unknown>,
) => (...args: [...Args, Command]) => Promise<void>

/** Adds the commands about handing command over. `readTime` turns a typed time into ISO UTC. */
export function addHandoverCommands(program: Command, run: Run, readTime: (text: string) => string): void {
  program
    .command('brief <id>')
    .description('the hand-over brief: one page of how it stands, made of the journal')
    .option('--out <file>', 'write it to a file that ends in .pdf, .html or .md; without it Markdown is printed')
    .action(run(briefCommand))
  program
    .command('handover <id>')
    .description('offer command to somebody at this desk, or with --file at another one')
    .option('--to <name>', 'to whom')
    .option('--objective <text...>', 'what has to be reached next')
    .option('--hazard <text...>', 'what must not be touched, what could hurt')
    .option('--file <out>', 'to another desk: write the incident there, for them to import')
    .option('--without-evidence', 'only the entries in that file')
    .option('--withdraw <reason>', 'take the offer that stands back instead')
    .action(run(handoverCommand))
  program
    .command('accept <id>')
    .description('accept command as who types (--as NAME); from another desk, says six words to read to it')
    .action(run(acceptCommand))
  program
    .command('release <id> <words...>')
    .description('the other desk read its six words: it has command, this desk looks on')
    .action(run(releaseCommand))
  program
    .command('take <id>')
    .description('take command at a desk that looks on, without an offer: the other desk is lost')
    .requiredOption('--reason <text>', 'why')
    .action(run(takeCommand))
  program
    .command('activity <id>')
    .description('the activity log of a person (ICS 214): what they said, did and wrote down')
    .requiredOption('--person <name>', 'whose')
    .option('--from <time>', 'since when, ISO 8601; default: from the beginning', readTime)
    .option('--to <time>', 'until when, ISO 8601; default: until now', readTime)
    .option('--out <file>', 'write it to a file that ends in .pdf, .html, .md or .csv; without it Markdown is printed')
    .action(run(activityCommand))
}
