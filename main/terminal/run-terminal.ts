import { homedir } from 'node:os'
import { join } from 'node:path'
import { Command, CommanderError, Option } from 'commander'
import { RefusalError, refuse } from '../../shared/refusal.ts'
import { defaultDataFolder } from '../desk/data-folder.ts'
import { PackShelf } from '../packs/pack-shelf.ts'
import { openServices } from '../services.ts'
import { addCommands } from './commands.ts'
import { type Ending, type Face, type GlobalOptions, personOf, type Speaker } from './face.ts'
import { mirrorAfter } from './mirror-after.ts'
import { guardObserver } from './observer-guard.ts'
import { plain, plainJson } from './text.ts'
import { guardTyped } from './typed-secrets.ts'
import { version } from '../version.ts'

/** Exit codes of the terminal. */
const exits = { done: 0, refused: 1, usage: 2, notVerified: 3 } as const

/**
 * Runs one command of the terminal and answers its exit code: 0 done, 1 refused, 2 usage, 3 verification failed.
 * `assetsFolder` holds the shipped packs.
 */
export async function runTerminal(argv: readonly string[], assetsFolder: string): Promise<number> {
  forgetClosedPipes()
  let json = false
  let exit: number = exits.done
  const program = new Command('muster')
    .description("An incident commander's desk that works with no server, account or network.")
    .version(version)
    .option('--data <folder>', 'where the journal lies', usualDataFolder())
    .option('--as <name>', 'who types: recorded with each entry')
    .option('--json', 'answer in JSON')
    .addOption(
      new Option('--secrets <do>', 'what to do with typed text that looks like a secret').choices(['keep', 'mask']),
    )
    .option('--all-the-same', 'change an incident although another desk has command of it')
    .showHelpAfterError('Type `muster --help` for the commands.')
    .exitOverride()
  const end = (ending: Ending) => {
    if (ending === 'refused') exit = exits.refused
    else if (!ending) exit = exits.notVerified
  }
  addCommands(program, {
    withSpeaker: async (options, work) => {
      json = options.json === true
      end(await work(speakerOf(options)))
    },
    withShelf: async (options, work) => {
      json = options.json === true
      const dataFolder = dataFolderOf(options)
      end(await work(speakerOf(options), await PackShelf.open(join(assetsFolder, 'packs'), dataFolder), dataFolder))
    },
    withFolder: async (options, work) => {
      json = options.json === true
      end(await work(speakerOf(options), dataFolderOf(options)))
    },
    withFace: async (options, work) => {
      json = options.json === true
      end(await withFace(options, assetsFolder, work))
    },
  })
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return exit
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exits.done : exits.usage
    if (error instanceof RefusalError) {
      tellRefusal(error, json)
      return exits.refused
    }
    throw error
  }
}

/**
 * Opens the data folder, does the work, closes it. Answers false where the work says that verification failed. A command
 * never becomes the runner: an alarm rung into a script's output would count as given, and nobody would have heard it.
 */
async function withFace(
  options: GlobalOptions,
  assetsFolder: string,
  work: (face: Face) => Promise<boolean>,
): Promise<boolean> {
  const speaker = speakerOf(options)
  const { remark } = speaker
  const services = await openServices({ dataFolder: dataFolderOf(options), assetsFolder, rings: false, log: remark })
  let hasWritten = false
  services.desk.onNews((news) => {
    if (news.kind === 'arrived') hasWritten = true
    if (news.kind === 'trouble') remark(news.text)
    if (news.kind === 'journal') for (const said of [news.readOnly, news.remark]) if (said !== null) remark(said)
  })
  try {
    const desk = guardObserver(guardTyped(services.desk, options.secrets), options.allTheSame === true)
    return await work({
      ...speaker,
      services: { ...services, desk },
      by: personOf(options.as, services),
      secrets: options.secrets,
    })
  } finally {
    await services.close()
    if (hasWritten) await mirrorAfter(services, remark)
  }
}

function speakerOf(options: GlobalOptions): Speaker {
  return {
    remark: (line) => void process.stderr.write(`${plain(line)}\n`),
    write: (text) => void process.stdout.write(text),
    say(answer, lines) {
      process.stdout.write(options.json === true ? `${plainJson(answer)}\n` : `${lines.join('\n')}\n`)
    },
  }
}

/** Undefined where this user has no home (a service account, a bare container). */
function usualDataFolder(): string | undefined {
  try {
    return defaultDataFolder(process.env, process.platform, homedir())
  } catch {
    return undefined
  }
}

function dataFolderOf({ data }: GlobalOptions): string {
  if (data !== undefined && data !== '') return data
  throw refuse('bad-input', {
    tried: 'Find the data folder',
    happened: 'This user has no home folder, and none was named.',
    next: 'Name one: --data FOLDER.',
  })
}

/** Whoever reads the output may stop reading (`muster incidents | head`): what was done stays done, and its exit code holds. */
function forgetClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
}

function tellRefusal({ refusal, cause }: RefusalError, json: boolean): void {
  if (json) process.stdout.write(`${plainJson({ refusal })}\n`)
  const { tried, happened, next } = refusal
  process.stderr.write(`${plain(`Tried: ${tried}.\nWhat happened: ${happened}\nNext: ${next}`)}\n`)
  if (refusal.code === 'bug' && cause instanceof Error) process.stderr.write(`${plain(cause.stack ?? cause.message)}\n`)
}
