import { workerData } from 'node:worker_threads'
import { z } from 'zod'
import type { MirrorHealth } from '../../shared/storage/health.ts'
import { answerErrand } from '../storage/answer-errand.ts'
import { AnchorsFollower } from './anchors-follower.ts'
import { EvidenceFollower } from './evidence-follower.ts'
import { inspectMirror } from './inspect-mirror.ts'
import { JournalFollower } from './journal-follower.ts'
import { assertMirror } from './mirror-folder.ts'
import { isFinal, troubleOf } from './trouble.ts'

const { dataFolder, folder, how } = z
  .object({ dataFolder: z.string(), folder: z.string(), how: z.enum(['look', 'copy']) })
  .parse(workerData)

await answerErrand(async () => {
  if (how === 'look') return inspectMirror(dataFolder, folder)
  const failed = await copyAll()
  const found = inspectMirror(dataFolder, folder)
  return {
    ...found,
    ...(failed?.state === 'stopped' ? { state: failed.state } : {}),
    trouble: failed?.trouble ?? found.trouble,
  }
})

async function copyAll(): Promise<Pick<MirrorHealth, 'trouble' | 'state'> | null> {
  const journal = new JournalFollower(dataFolder, folder, Date.now)
  try {
    journal.followAll()
    new AnchorsFollower(dataFolder, folder).follow(() => journal.followAll())
    await new EvidenceFollower(dataFolder, folder, () => journal.erasedBundles()).follow(
      () => void assertMirror(folder),
    )
    return null
  } catch (error) {
    return { trouble: troubleOf(error), state: isFinal(error) ? 'stopped' : 'behind' }
  } finally {
    journal.close()
  }
}
