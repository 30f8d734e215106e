import { workerData } from 'node:worker_threads'
import { z } from 'zod'
import { answerErrand } from '../storage/answer-errand.ts'
import { prepareMirror } from './mirror-folder.ts'

const { dataFolder, folder } = z.object({ dataFolder: z.string(), folder: z.string() }).parse(workerData)

await answerErrand(() => prepareMirror(dataFolder, folder, Date.now()))
