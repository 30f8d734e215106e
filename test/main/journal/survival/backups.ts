import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesBelow, hashFile } from '../../../../main/backup/file-copy.ts'
import { MANIFEST, readSums, SUMS } from '../../../../main/backup/manifest.ts'
import { journalFile } from '../../../../main/journal/journal-store.ts'
import { openConnection } from '../../../../main/journal/sqlite.ts'
import { verifyJournal } from '../../../../main/journal/verify.ts'

/** Where a writer puts its backup of that number: beside its data folder. */
export function backupOf(dataFolder: string, number: number): string {
  return `${dataFolder}-backup-${number}`
}

/** What is wrong with the backups of a writer: acknowledged and not there, or under its name and not whole. */
export async function wrongBackups(dataFolder: string, count: number, said: readonly string[]): Promise<string[]> {
  const problems: string[] = []
  for (let number = 0; number < count; number += 1) {
    const folder = backupOf(dataFolder, number)
    if (existsSync(folder)) problems.push(...(await wrongIn(folder)).map((problem) => `Backup ${number}: ${problem}`))
    else if (said.includes(`backed up ${number}`)) problems.push(`Acknowledged and lost: backup ${number}.`)
  }
  return problems
}

async function wrongIn(folder: string): Promise<string[]> {
  const sums = existsSync(join(folder, SUMS)) ? readSums(readFileSync(join(folder, SUMS), 'utf8')) : null
  if (sums === null || !sums.has(MANIFEST)) return ['its sums are not there.']
  const problems = filesBelow(folder)
    .filter((path) => path !== SUMS && !sums.has(path))
    .map((path) => `${path} is not listed.`)
  for (const [path, sum] of sums) {
    const file = join(folder, path)
    if (!existsSync(file) || (await hashFile(file)) !== sum) problems.push(`${path} is not what was copied.`)
  }
  const db = openConnection(journalFile(folder), 'read')
  try {
    return [...problems, ...verifyJournal(db).problems]
  } finally {
    db.close()
  }
}
