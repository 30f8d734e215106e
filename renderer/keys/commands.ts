/** Something that a person can do now: a key, a line of the palette, often a button too. */
export interface Command {
  readonly id: string
  readonly title: string
  /** 'l', 'shift+f', 'g b'; null where it has no key. */
  readonly keys: string | null
  /** Other keys for the same. */
  readonly also?: string
  /** More keys for the same, which are printed nowhere. */
  readonly unprinted?: readonly string[]
  /** Works while typing as well (Ctrl K, Esc). */
  readonly whileTyping?: boolean
  /** `pressed`: the keys that asked for it; none where it was chosen otherwise. */
  run(pressed?: string): void
}

/** Commands of one part of the screen. `layer` is 'base', or the name of the layer that must be on top. */
interface Source {
  readonly layer: string
  readonly title: string
  list(): readonly Command[]
}

export interface CommandGroup {
  readonly title: string
  readonly commands: readonly Command[]
}

/** All commands that are on offer right now. Parts of the screen add theirs while they are shown. */
export interface Commands {
  add(source: Source): () => void
  /** The commands of a layer by their parts; later parts first, as they are nearer to the person. */
  of(layer: string): readonly CommandGroup[]
  /** The command of the layer that has these keys. */
  find(layer: string, keys: string): Command | null
  /** Whether some command's keys begin with these and go on ('g' of 'g b'). */
  isBeginning(layer: string, keys: string): boolean
}

export function createCommands(): Commands {
  const sources: Source[] = []
  const listed = (layer: string) =>
    sources.filter((source) => source.layer === layer || source.layer === 'always').toReversed()
  const all = (layer: string) => listed(layer).flatMap((source) => source.list())
  return {
    add(source) {
      sources.push(source)
      return () => {
        sources.splice(sources.indexOf(source), 1)
      }
    },
    of(layer) {
      const taken = new Set<string>()
      return listed(layer)
        .map((source) => ({ title: source.title, commands: source.list().map((command) => keyed(command, taken)) }))
        .filter((group) => group.commands.length > 0)
    },
    find: (layer, keys) => all(layer).find((command) => keysOf(command).includes(keys)) ?? null,
    isBeginning: (layer, keys) =>
      all(layer).some((command) => keysOf(command).some((one) => one.startsWith(`${keys} `))),
  }
}

/** The command as it stands now: a nearer one may have its keys. */
function keyed(command: Command, taken: Set<string>): Command {
  if (command.keys === null) return command
  if (taken.has(command.keys)) return { ...command, keys: null }
  taken.add(command.keys)
  return command
}

function keysOf({ keys, also, unprinted = [] }: Command): readonly string[] {
  return [keys, also, ...unprinted].filter((one) => typeof one === 'string')
}
