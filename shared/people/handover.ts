import { z } from 'zod'
import { chainIdSchema, sha256Schema } from '../journal/header.ts'
import { type EntryOf, kindOf } from '../journal/kind.ts'

const text = z.string().min(1).max(20_000)
const name = z.string().min(1).max(200)

/** Six words that two people read to each other. */
export const sixWordsSchema = z.string().min(6).max(100)

/**
 * The commander offers command to somebody, at this desk or at another one. `brief` is the hand-over brief as it was offered, in
 * Markdown; objectives and hazards stand in it too.
 */
export const handoverOfferedKind = kindOf(
  'handover-offered',
  z.strictObject({
    to: name,
    where: z.enum(['same-desk', 'other-desk']),
    objectives: z.array(text).max(50),
    hazards: z.array(text).max(50),
    brief: z.string().min(1).max(400_000),
  }),
)

/** The offer (by the hash of its entry) is taken: from here on the writing desk rings this incident's clocks. */
export const handoverAcceptedKind = kindOf(
  'handover-accepted',
  z.strictObject({ offer: sha256Schema, words: sixWordsSchema.nullable() }),
)

/** The offer no longer stands. */
export const handoverWithdrawnKind = kindOf('handover-withdrawn', z.strictObject({ offer: sha256Schema, reason: text }))

/** The desk that offered has heard the six words of the other desk: it only looks on from here. */
export const commandReleasedKind = kindOf(
  'command-released',
  z.strictObject({ offer: sha256Schema, words: sixWordsSchema }),
)

export const handoverKinds = [
  handoverOfferedKind,
  handoverAcceptedKind,
  handoverWithdrawnKind,
  commandReleasedKind,
] as const

export type HandoverEntry = EntryOf<(typeof handoverKinds)[number]>

/** An offer by the hash of its entry; `chain`: the desk that offers. Times are ISO UTC. */
export interface HandoverOffer {
  readonly entry: string
  readonly chain: z.infer<typeof chainIdSchema>
  readonly at: string
  readonly by: string
  readonly to: string
  readonly where: 'same-desk' | 'other-desk'
  readonly is: 'open' | 'accepted' | 'withdrawn' | 'released'
}

/**
 * Which desk has the incident: the chain that accepted, or `chain` null where the desk that gave it away (`from`) has only
 * heard that another one did.
 */
export interface CommandDesk {
  readonly chain: string | null
  readonly from: string
  readonly since: string
  readonly to: string
  readonly offer: string
}

export interface Handovers {
  /** In their order. */
  readonly offers: readonly HandoverOffer[]
  /** Null where command never changed desks by an offer. */
  readonly desk: CommandDesk | null
}

export const emptyHandovers: Handovers = { offers: [], desk: null }

export function stepHandovers(handovers: Handovers, entry: HandoverEntry): Handovers {
  const { hash, chain, happened_at: at, actor } = entry
  if (entry.kind === 'handover-offered') {
    const { to, where } = entry.body
    const offer = { entry: hash, chain, at, by: actor.name, to, where, is: 'open' as const }
    return { ...handovers, offers: [...handovers.offers, offer] }
  }
  const offer = handovers.offers.find((one) => one.entry === entry.body.offer)
  if (offer === undefined) return handovers
  const become = (is: HandoverOffer['is']) => handovers.offers.map((one) => (one === offer ? { ...one, is } : one))
  const taken = { from: offer.chain, since: at, to: offer.to, offer: offer.entry }
  switch (entry.kind) {
    case 'handover-accepted':
      return { offers: become('accepted'), desk: { chain, ...taken } }
    case 'handover-withdrawn':
      // Where another desk had accepted it meanwhile, it has it.
      return offer.is === 'open' ? { ...handovers, offers: become('withdrawn') } : handovers
    case 'command-released':
      return offer.is === 'accepted' ? handovers : { offers: become('released'), desk: { chain: null, ...taken } }
  }
}

/** The newest offer that nobody has answered; null where there is none. */
export function openOffer({ offers }: Handovers): HandoverOffer | null {
  const last = offers.at(-1)
  return last?.is === 'open' ? last : null
}

/**
 * Whether a desk, by its chain for the incident (null: it has written nothing yet), has given the incident away and only looks
 * on. A restored or copied folder has a chain of its own and never only looks on: a clock that rings twice is better than one
 * that nobody hears.
 */
export function looksOn({ desk }: Handovers, ownChain: string | null): boolean {
  return desk !== null && ownChain !== null && desk.chain !== ownChain && desk.from === ownChain
}
