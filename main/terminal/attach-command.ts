import { resolve } from 'node:path'
import { maskedWords } from '../evidence/attachment.ts'
import { isSearched } from '../../shared/evidence/media-type.ts'
import { spellBytes } from '../../shared/evidence/storage.ts'
import type { EvidenceProgress } from '../evidence/evidence-terms.ts'
import type { Face } from './face.ts'
import { plain } from './text.ts'
import { checkedTyped } from './typed-secrets.ts'

/** `muster attach ID FILE`: a file of any size becomes evidence of an incident. */
export async function attachCommand(
  { services, by, say, remark, secrets }: Face,
  named: string,
  file: string,
  options: { note?: string },
): Promise<void> {
  const { id, core } = await services.desk.ask('find', named)
  const abort = new AbortController()
  const cancel = () => abort.abort()
  process.once('SIGINT', cancel)
  try {
    const order = { incident: id, path: resolve(file), note: checkedTyped(options.note ?? null, secrets) }
    const onProgress = progressTeller(remark)
    const { bundle, item } = await services.evidence.attachFile(order, by, { signal: abort.signal, onProgress })
    const masked = maskedWords(item.masked)
    say({ id, number: core.number, bundle, item }, [
      `Attached ${plain(item.name)} to ${core.number}: ${spellBytes(item.size)}, ${item.media_type ?? 'of no known type'}.`,
      `sha256 ${bundle}`,
      masked === null
        ? `Nothing was masked.${isSearched(item) ? '' : ' It is no text, so it was not searched for secrets.'}`
        : `Masked before it was kept: ${masked}.`,
    ])
    for (const line of (await services.evidence.storage()).says) remark(line)
  } finally {
    process.off('SIGINT', cancel)
  }
}

/** Says how far a long work is, every quarter of it. */
export function progressTeller(remark: (line: string) => void): (progress: EvidenceProgress) => void {
  let told = 0
  return ({ done, of, unit }) => {
    const quarter = Math.floor((done * 4) / Math.max(1, of))
    if (quarter <= told || quarter === 4) return
    told = quarter
    remark(unit === 'bytes' ? `${spellBytes(done)} of ${spellBytes(of)}.` : `${done} of ${of} bundles.`)
  }
}
