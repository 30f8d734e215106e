import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import { extract } from 'tar-stream'
import { z } from 'zod'

/* What stands in the files that a person takes home, read without Muster's own code. */

const hash = z.string().regex(/^[0-9a-f]{64}$/)

const postmortemSchema = z.looseObject({
  format: z.literal('muster.dev/postmortem/v1'),
  header: z.looseObject({ number: z.string(), title: z.string(), mode: z.string(), status: z.string() }),
  findings: z.array(z.looseObject({ finding: z.looseObject({ code: z.string() }), now: z.string() })),
  timeline: z.array(z.looseObject({ kind: z.string(), sentence: z.string() })),
  evidence: z.array(
    z.looseObject({ bundle: hash, items: z.array(z.looseObject({ name: z.string(), sha256: hash, size: z.int() })) }),
  ),
  integrity: z.looseObject({ head: z.looseObject({ hash }) }),
})
export type Paper = z.infer<typeof postmortemSchema>

export function readPaper(path: string): Paper {
  return postmortemSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

export function sha256Of(path: string): string {
  return sha256(readFileSync(path))
}

/** What is wrong with the evidence that a post-mortem lists, hashed again from the store: nothing, in good order. */
export async function wrongEvidence(paper: Paper, dataFolder: string): Promise<string[]> {
  const wrong: string[] = []
  for (const { bundle, items } of paper.evidence) {
    const file = join(dataFolder, 'evidence', bundle.slice(0, 2), `${bundle}.tar`)
    const bytes = existsSync(file) ? readFileSync(file) : existsSync(`${file}.zst`) ? opened(`${file}.zst`) : null
    if (bytes === null) {
      wrong.push(`${bundle} is missing`)
      continue
    }
    if (sha256(bytes) !== bundle) wrong.push(`${bundle} is not its hash`)
    const found = await hashesIn(bytes)
    for (const item of items) if (found.get(item.name) !== item.sha256) wrong.push(`${item.name} is not its hash`)
  }
  return wrong
}

function opened(file: string): Buffer {
  return zstdDecompressSync(readFileSync(file), { chunkSize: 1_048_576 })
}

async function hashesIn(tar: Uint8Array): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const reader = extract()
  reader.end(tar)
  for await (const entry of reader) {
    const parts: Buffer[] = []
    for await (const part of entry) parts.push(part as Buffer)
    found.set(entry.header.name, sha256(Buffer.concat(parts)))
  }
  return found
}
