import { workerData } from 'node:worker_threads'
import { z } from 'zod'
import type { BackupMade } from '../../shared/storage/health.ts'
import { answerErrand } from '../storage/answer-errand.ts'
import { makeBackup } from './make-backup.ts'

const { dataFolder, target } = z.object({ dataFolder: z.string(), target: z.string() }).parse(workerData)

await answerErrand<BackupMade>((tools) => makeBackup({ dataFolder, target, nowMs: Date.now(), ...tools }))
