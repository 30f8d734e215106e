import { resolve } from 'node:path'
import { anchorText } from '../../shared/anchors/anchor.ts'
import { writeAnchor } from '../anchors/made-anchor.ts'
import { changeSettings } from '../desk/settings.ts'
import type { Face } from './face.ts'

export interface AnchorCommandOptions {
  readonly out?: string
  readonly alsoIn?: string
}

/** `muster anchor [ID]`: the heads as text, to be kept elsewhere. With `--also-in` it only says where anchors go from now on. */
export async function anchorCommand(
  { services, say }: Face,
  named: string | undefined,
  options: AnchorCommandOptions,
): Promise<void> {
  if (options.alsoIn !== undefined) return keepAlsoIn({ services, say }, options.alsoIn)
  const incident = named === undefined ? null : (await services.desk.ask('find', named)).id
  const anchor = await services.desk.ask('anchor', incident)
  const text = anchorText(anchor)
  if (options.out === undefined) return say({ anchor, text }, [text.trimEnd()])
  const path = resolve(options.out)
  await writeAnchor(services.dataFolder, anchor, path)
  say({ anchor, path }, [
    `Wrote the anchor to ${path}.`,
    'Keep it where nobody who can write this folder can: another machine, a message, a printed page.',
  ])
}

async function keepAlsoIn({ services, say }: Pick<Face, 'services' | 'say'>, folder: string): Promise<void> {
  const anchorsFolder = folder === 'none' ? null : resolve(folder)
  services.settings = await changeSettings(services.dataFolder, { anchorsFolder })
  say({ anchorsFolder }, [
    anchorsFolder === null
      ? 'Anchors go into the data folder alone.'
      : `Each anchor goes into ${anchorsFolder} too, as a line of anchors.txt.`,
  ])
}
