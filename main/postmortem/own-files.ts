import { realpath } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'

/** What of a data folder is Muster's own, by the first part of its name. Anything else may lie beside it. */
const OWN_NAMES = [
  /^journal\.(db|mark)/i,
  /^runner\.lock/i,
  /^search\.(db|lock)/i,
  /^settings\.json/i,
  /^anchors\.txt/i,
  /^muster\.log/i,
  /^vault\.(json|lock)/i,
  /^(evidence|cache|window|electron|practice)$/i,
]

/** Whether a path is one of Muster's own files in its data folder, or lies below such a folder. Links are followed. */
export async function isOwnFile(dataFolder: string, path: string): Promise<boolean> {
  const [folder, own] = await Promise.all([realFolder(dirname(path)), realFolder(dataFolder)])
  const [first = ''] = relative(own, join(folder, basename(path))).split(sep)
  return OWN_NAMES.some((name) => name.test(first))
}

async function realFolder(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch {
    return resolve(path) // what cannot be resolved fails when it is written to
  }
}
