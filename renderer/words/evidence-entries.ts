import type { KnownEntry } from '../../shared/incident/kinds.ts'
import { type Piece, plain, type Sentence, turning } from './sentence.ts'
import { bytes, count, shortHash } from './time.ts'

type EvidenceKind = 'evidence-kept' | 'evidence-checked' | 'evidence-released' | 'swept'

/** What was read, kept, hashed again and given away. */
export function evidenceSentence(entry: Extract<KnownEntry, { kind: EvidenceKind }>): Sentence {
  switch (entry.kind) {
    case 'evidence-kept':
      return keptSentence(entry.body)
    case 'evidence-checked':
      return checkedSentence(entry.body)
    case 'evidence-released': {
      const { item, to, because, result, sha256 } = entry.body
      const doubt = result === 'match' ? '' : ' · its bytes do NOT match those that were kept'
      return turning(
        '⇥',
        'Evidence given',
        ['Evidence given to ', { strong: to }, ': ', { mono: item }],
        [`${because}${doubt} · `, { mono: shortHash(sha256) }],
      )
    }
    case 'swept':
      return sweptSentence(entry.body.findings)
  }
}

function keptSentence({
  form,
  title,
  items,
  size,
  source,
  bundle,
  note,
}: (KnownEntry & { kind: 'evidence-kept' })['body']): Sentence {
  if (form === 'tar') {
    const said = `Evidence kept: ${count(items.length, 'item')}, ${bytes(size)}`
    return plain('▤', 'Evidence', [said], [`${source} · `, { mono: shortHash(bundle) }])
  }
  const said: Piece[] = ['Attached: ', { strong: title }, ...(note === null ? [] : [` · ${note}`])]
  return plain('▤', 'Attachment', said, [`${bytes(size)} · `, { mono: shortHash(bundle) }])
}

function checkedSentence({ result, bundle, because }: (KnownEntry & { kind: 'evidence-checked' })['body']): Sentence {
  const sub: Piece[] = [`${because} · `, { mono: shortHash(bundle) }]
  if (result === 'match') return plain('✓', 'Evidence check', ['Evidence hashed again: match'], sub)
  const said = result === 'mismatch' ? 'Evidence hashed again: MISMATCH' : 'Evidence is missing from the store'
  return turning('≠', 'Evidence check', [{ strong: said }], sub)
}

function sweptSentence(findings: readonly { title: string }[]): Sentence {
  const [first] = findings
  if (first === undefined) return plain('◉', 'Sweep', ['Sweep: nothing found that is wrong'])
  return plain('◉', 'Sweep', [`Sweep: ${count(findings.length, 'finding')}, first `, { strong: first.title }])
}
