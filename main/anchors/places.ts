import { readSettings } from '../desk/settings.ts'

/**
 * The folders that get a line for each anchor: the data folder itself, and the one that its settings name. (A mirror takes
 * over the file beside the journal.)
 */
export async function anchorPlaces(dataFolder: string): Promise<string[]> {
  const { anchorsFolder } = await readSettings(dataFolder)
  return anchorsFolder === null ? [dataFolder] : [dataFolder, anchorsFolder]
}
