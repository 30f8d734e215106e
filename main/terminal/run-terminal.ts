import { homedir } from 'node:os'
import { Command, CommanderError } from 'commander'
import { type Refusal, RefusalError } from '../../shared/refusal.ts'
import { defaultDataFolder } from '../desk/data-folder.ts'
import { openServices } from '../services.ts'
import { addCommands } from './commands.ts'
import { type Face, type GlobalOptions, personOf } from './face.ts'
import { plain } from './text.ts'
import { version } from '../version.ts'

/** Exit codes of the terminal. */
const exits = { done: 0, refused: 1, usage: 2, notVerified: 3 } as const

/**
 * Runs one command of the terminal and answers its exit code: 0 done, 1 refused, 2 usage, 3 verification failed.
 * `assetsFolder` holds the shipped packs.
 */
export async function runTerminal(argv: readonly string[], assetsFolder: string): Promise<number> {
  let json = false
  const program = new Command('muster')
    .description("An incident commander's desk that works with no server, account or network.")
    .version(version)
    .option('--data <folder>', 'where the journal lies', defaultDataFolder(process.env, process.platform, homedir()))
    .option('--as <name>', 'who types: recorded with each entry')
    .option('--json', 'answer in JSON')
    .showHelpAfterError('Type `muster --help` for the commands.')
    .exitOverride()
  try {
    let exit: number = exits.done
    addCommands(program, {
      withFace: async (options, work) => {
        json = options.json === true
        const verified = await withFace(options, assetsFolder, work)
        if (!verified) exit = exits.notVerified
      },
    })
    await program.parseAsync([...argv], { from: 'user' })
    return exit
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exits.done : exits.usage
    if (error instanceof RefusalError) {
      tellRefusal(error.refusal, json)
      return exits.refused
    }
    throw error
  }
}

/** Opens the data folder, does the work, closes it. Answers false where the work says that verification failed. */
async function withFace(
  options: GlobalOptions,
  assetsFolder: string,
  work: (face: Face) => Promise<boolean>,
): Promise<boolean> {
  const remark = (line: string) => void process.stderr.write(`${plain(line)}\n`)
  const services = await openServices({ dataFolder: options.data, assetsFolder, rings: true, log: remark })
  services.desk.onNews((news) => {
    if (news.kind === 'alarm') remark(`Overdue: ${news.alarm.title} of ${news.alarm.number}.`)
    if (news.kind === 'trouble') remark(news.text)
  })
  try {
    return await work({
      services,
      by: personOf(options.as, services),
      remark,
      say(answer, lines) {
        process.stdout.write(options.json === true ? `${JSON.stringify(answer)}\n` : `${lines.join('\n')}\n`)
      },
    })
  } finally {
    await services.close()
  }
}

function tellRefusal(refusal: Refusal, json: boolean): void {
  if (json) process.stdout.write(`${JSON.stringify({ refusal })}\n`)
  const { tried, happened, next } = refusal
  process.stderr.write(`${plain(`Tried: ${tried}.\nWhat happened: ${happened}\nNext: ${next}`)}\n`)
}
