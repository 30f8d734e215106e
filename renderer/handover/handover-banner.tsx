import { type IncidentState, isOpen } from '../../shared/incident/state.ts'
import type { Command } from '../keys/commands.ts'
import { useOfNow, useZone } from '../stores.ts'
import { CommandButton } from '../ui/command-button.tsx'
import { handoverWords } from '../words/handover.ts'
import { shortTime, zoneName } from '../words/time.ts'
import { useStanding } from './use-standing.ts'

interface Props {
  readonly state: IncidentState
  /** Opens the hand-over. */
  readonly handover: Command
}

/** Across the room: that another desk has command, or that it is offered and not accepted yet. */
export function HandoverBanner({ state, handover }: Props) {
  const standing = useStanding(state)
  const zone = useZone()
  const elsewhere = standing?.elsewhere ?? null
  const offer = standing?.offer ?? null
  const timeOf = (iso: string, nowMs: number) => `${shortTime(iso, nowMs, zone)} ${zoneName(zone)}`
  const since = useOfNow((nowMs) => {
    const at = elsewhere?.since ?? null
    return at === null ? null : timeOf(at, nowMs)
  })
  const offered = useOfNow((nowMs) => (offer === null ? '' : timeOf(offer.at, nowMs)))
  if (standing === null || !isOpen(state)) return null
  const { looksOn } = standing
  const words = handoverWords.banner
  const isForUs = offer !== null && !offer.isOurs && offer.where === 'other-desk'
  return (
    <>
      {looksOn && elsewhere !== null ? (
        <div className="banner observer">
          <span>◇ {words.observer(elsewhere.who, since)}</span>
          {isForUs ? null : <CommandButton command={handover}>{words.open}</CommandButton>}
        </div>
      ) : null}
      {isForUs ? (
        <div className="banner">
          <span>⇄ {words.theirs(offer)}</span>
          <CommandButton command={handover}>{words.readIt}</CommandButton>
        </div>
      ) : null}
      {offer !== null && offer.isOurs && !looksOn ? (
        <div className="banner">
          <span>⇄ {offer.where === 'same-desk' ? words.offered(offer, offered) : words.elsewhere(offer, offered)}</span>
          <CommandButton command={handover}>{offer.where === 'same-desk' ? words.readIt : words.open}</CommandButton>
        </div>
      ) : null}
    </>
  )
}
