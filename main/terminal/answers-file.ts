import { readFile, stat } from 'node:fs/promises'
import { z } from 'zod'
import { jsonOrNull } from '../../shared/json-or-null.ts'
import { messageOf } from '../../shared/message-of.ts'
import type { Answers } from '../../shared/packs/triage.ts'
import { refuse } from '../../shared/refusal.ts'

const answersSchema = z.record(z.string().max(100), z.enum(['yes', 'no', 'unsure']))
const CAP_BYTES = 65_536

/** Reads `--answers FILE`: a JSON object from question ids to yes, no or unsure. */
export async function readAnswers(file: string): Promise<Answers> {
  const tried = `Read the answers in ${file}`
  const next = 'Write a JSON object such as {"service-down": "yes"}; `muster packs list --json` names the questions.'
  const text = await readText(file).catch((error: unknown) => {
    throw refuse('bad-input', {
      tried,
      happened: messageOf(error),
      next,
      cause: error,
    })
  })
  const parsed = answersSchema.safeParse(jsonOrNull(text))
  if (!parsed.success) throw refuse('bad-input', { tried, happened: z.prettifyError(parsed.error), next })
  return parsed.data
}

async function readText(file: string): Promise<string> {
  const { size } = await stat(file)
  if (size > CAP_BYTES) throw new Error(`It is larger than ${CAP_BYTES} bytes.`)
  return readFile(file, 'utf8')
}
