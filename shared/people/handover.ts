import { z } from 'zod'
import { type chainIdSchema, sha256Schema } from '../journal/header.ts'
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

/**
 * Somebody takes command at this desk without an offer: the other desk is lost, or has to give it back. `reason`: why. The
 * actor has command from here on, and the writing desk rings this incident's clocks.
 */
export const commandTakenKind = kindOf('command-taken', z.strictObject({ reason: text }))

export const handoverKinds = [
  handoverOfferedKind,
  handoverAcceptedKind,
  handoverWithdrawnKind,
  commandReleasedKind,
  commandTakenKind,
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
 * Which desk has the incident: the chain that accepted or took it, or `chain` null where the desk that gave it away (`from`) has
 * only heard that another one did. `offer` null: it was taken without one. `to`: who commands there.
 */
export interface CommandDesk {
  readonly chain: string | null
  readonly from: string | null
  readonly since: string
  readonly to: string
  readonly offer: string | null
}

export interface Handovers {
  /** In their order. */
  readonly offers: readonly HandoverOffer[]
  /** Null where command never changed desks by an offer, nor was taken. */
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
  if (entry.kind === 'command-taken') return takenBy(handovers, entry)
  const offer = handovers.offers.find((one) => one.entry === entry.body.offer)
  if (offer === undefined) return answered(handovers, entry)
  const become = (is: HandoverOffer['is']) => handovers.offers.map((one) => (one === offer ? { ...one, is } : one))
  const taken = { from: offer.chain, since: at, offer: offer.entry }
  switch (entry.kind) {
    case 'handover-accepted':
      return { offers: become('accepted'), desk: { chain, to: actor.name, ...taken } }
    case 'handover-withdrawn':
      // Where another desk had accepted it meanwhile, it has it.
      return offer.is === 'open' ? { ...handovers, offers: become('withdrawn') } : handovers
    case 'command-released':
      // Where its acceptance is known here, or somebody has taken command since, that says more.
      return offer.is === 'open'
        ? { offers: become('released'), desk: { chain: null, to: offer.to, ...taken } }
        : handovers
  }
}

function takenBy(
  handovers: Handovers,
  { chain, happened_at: since, actor }: Pick<HandoverEntry, 'chain' | 'happened_at' | 'actor'>,
): Handovers {
  // What was offered before is answered by that.
  const offers = handovers.offers.map((one) => (one.is === 'open' ? { ...one, is: 'withdrawn' as const } : one))
  return { offers, desk: { chain, from: handovers.desk?.chain ?? null, since, to: actor.name, offer: null } }
}

/** An answer to an offer whose text was erased: who has command holds all the same. */
function answered(handovers: Handovers, { kind, chain, happened_at: since, actor, body }: AnswerEntry): Handovers {
  const { desk } = handovers
  const { offer } = body
  if (kind === 'handover-accepted') return { ...handovers, desk: { chain, from: null, since, to: actor.name, offer } }
  // Only the desk that had it can give it away; where the acceptance is known, that says more.
  const had = kind === 'command-released' && (desk === null || (desk.chain === chain && desk.offer !== offer))
  return had ? { ...handovers, desk: { chain: null, from: chain, since, to: 'somebody', offer } } : handovers
}

type AnswerEntry = Exclude<HandoverEntry, { kind: 'handover-offered' | 'command-taken' }>

/**
 * What an entry says of command whose text was erased. Taking it is said by its header: who, at which desk, when; its reason is
 * what was erased.
 */
export function stepErasedHandover(
  handovers: Handovers,
  { kind, chain, happened_at, actor }: Pick<HandoverEntry, 'kind' | 'chain' | 'happened_at' | 'actor'>,
): Handovers {
  return kind === 'command-taken' ? takenBy(handovers, { chain, happened_at, actor }) : handovers
}

/** The newest offer that nobody has answered; null where there is none. */
export function openOffer({ offers }: Handovers): HandoverOffer | null {
  const last = offers.at(-1)
  return last?.is === 'open' ? last : null
}

/** What a desk knows of the chains of an incident. */
export interface KnownChains {
  /** The chain that declared it; null where that is not known. */
  readonly declared: string | null
  /** Whether a chain came with a file of another desk. Of a restored or copied folder's own earlier chains it is false. */
  readonly isFromElsewhere: (chain: string) => boolean
}

/**
 * Whether another desk has the incident, so that this one only looks on: it rings nothing. Command is where it was accepted or
 * taken last, else where the incident was declared: a desk that only imported it looks on until it accepts or takes command.
 * A restored or copied folder goes on as the folder that it was; two that both ring are better than none.
 */
export function looksOn({ desk }: Handovers, { declared, isFromElsewhere }: KnownChains): boolean {
  if (desk !== null && desk.chain === null) return true
  const chain = desk?.chain ?? declared
  return chain !== null && isFromElsewhere(chain)
}
