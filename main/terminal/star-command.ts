import type { Face } from './face.ts'

/** `muster star ID ENTRY`: pins an entry for the report; with `--off` it takes the star off. */
export async function starCommand(
  { services, by, say }: Face,
  named: string,
  entry: string,
  options: { off?: boolean },
): Promise<void> {
  const { id, core } = await services.desk.ask('find', named)
  const { hash, seq, kind } = await services.desk.ask('findEntry', id, entry)
  const on = options.off !== true
  await services.desk.ask('star', id, hash, on, by)
  say({ id, entry: hash, starred: on }, [
    `${on ? 'Starred' : 'Took the star off'} #${seq} (${kind}) of ${core.number}.`,
  ])
}
