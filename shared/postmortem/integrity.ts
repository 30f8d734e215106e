import type { Entry } from '../journal/header.ts'
import { type Anchor, anchorText } from '../anchors/anchor.ts'
import type { Integrity, PostmortemInput } from './model.ts'
import { count } from './words.ts'

const limits = [
  'A chain shows that nothing between its first entry and its head was changed, taken out or put in. It is tamper-evident, not tamper-proof.',
  'It does not show that the newest entries were not cut off, or that the whole chain was not written anew. A head kept elsewhere (this page in print, a message, another desk) does.',
  'It does not show that what people wrote is true, or that the clock of the desk was right. It shows who wrote it, when that desk took it in, and in which order.',
]

const howTo = [
  'With Muster: `muster verify` hashes every entry and every kept bundle again; `muster verify --anchor FILE` also compares the journal with the anchor above, typed off or read from its code.',
  'Without Muster: `docs/journal-format.md` says which bytes are hashed, with test vectors; any SQLite reader and any sha256 tool will do. For a bundle, `sha256sum FILE` must give the hash in the evidence annex, `zstd -dc FILE | sha256sum` where its name ends in .zst.',
]

/** What the document stands on: the head, the chains, how the check came out, and what a chain cannot prove. */
export function integrityOf({ state, entries, verified, drawCode }: PostmortemInput): Integrity {
  const chains = chainsOf(entries)
  const anchor = anchorOf(state, chains)
  return {
    head: state.head,
    entries: state.entries,
    unread: state.unread,
    erased: state.erased,
    chains,
    anchor: anchor === null ? null : { text: anchorText(anchor), code: drawCode?.(anchor) ?? null },
    verified,
    verdict: verdictOf(verified),
    limits,
    howTo,
    exports: state.exports,
  }
}

/** Of the incident's own chains, as of their heads: the ledger grows with other incidents, and would make another page. */
function anchorOf({ id, head, core }: PostmortemInput['state'], chains: Integrity['chains']): Anchor | null {
  if (head === null) return null
  const number = /^[A-Z0-9][A-Z0-9-]{0,39}$/.test(core.number) ? core.number : null
  const heads = chains.map(({ chain, seq, hash }) => ({ chain, seq, hash }))
  return { made: head.at, ledger: null, incidents: [{ incident: id, number, heads }] }
}

function chainsOf(entries: readonly Entry[]): Integrity['chains'] {
  const chains = new Map<string, Integrity['chains'][number]>()
  for (const { chain, seq, hash } of entries) {
    const before = chains.get(chain)
    const last = before === undefined || seq > before.seq ? { seq, hash } : { seq: before.seq, hash: before.hash }
    chains.set(chain, { chain, entries: (before?.entries ?? 0) + 1, ...last })
  }
  return [...chains.values()].toSorted((a, b) => (a.chain < b.chain ? -1 : 1))
}

function verdictOf(verified: PostmortemInput['verified']): string {
  if (verified === null) return 'The journal was not verified for this export.'
  const hashed = `${count(verified.entries, 'entry', 'entries')} of this journal, this incident's among them, were hashed again`
  if (verified.ok) return `Verified: ${hashed}, and every link holds.`
  const wrong = count(Math.max(1, verified.problems.length), 'problem')
  return `VERIFICATION FAILED: ${hashed}, and ${wrong} came to light. Do not rely on this document before that is cleared up.`
}
