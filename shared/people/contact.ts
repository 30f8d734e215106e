import { z } from 'zod'
import { ulidSchema } from '../journal/header.ts'

/** One way to reach somebody. `label` says which of several: 'home', 'weekends only'. */
export const meansSchema = z.strictObject({
  kind: z.enum(['phone', 'sms', 'email', 'chat', 'pager', 'other']),
  address: z.string().min(1).max(300),
  label: z.string().max(100),
})

/**
 * A person, a team or a vendor's desk that can be called. Lives in the vault: entries name it by id and by its name, and
 * never hold an address. Times are ISO UTC.
 */
export const contactSchema = z.strictObject({
  id: ulidSchema,
  name: z.string().min(1).max(200),
  /** What they are to us: 'on-call database engineer', 'legal', 'AWS support'. */
  role: z.string().max(200),
  organisation: z.string().max(200),
  /** In the order in which they are tried. */
  means: z.array(meansSchema).max(20),
  /** IANA name, or null where nobody said. */
  timeZone: z.string().max(100).nullable(),
  /** When and how they are on call, in their words. */
  onCall: z.string().max(1_000),
  /** What a vendor's desk asks for first. */
  contract: z.string().max(200),
  note: z.string().max(2_000),
  /** When somebody last said that all of it is right. */
  confirmedAt: z.string(),
})

export type Means = z.infer<typeof meansSchema>
export type Contact = z.infer<typeof contactSchema>

/** Numbers change: past this many days nobody has looked, a contact says so. */
const FRESH_DAYS = 90

/** For how many days nobody has confirmed it, where that is too long; null where it is fresh. `nowMs`: ms since 1970. */
export function staleDays(contact: Pick<Contact, 'confirmedAt'>, nowMs: number): number | null {
  const days = Math.floor((nowMs - Date.parse(contact.confirmedAt)) / 86_400_000)
  return days > FRESH_DAYS ? days : null
}

/** What may be said of a time zone's clock there now, 'HH:MM' and the day's difference; null where the zone is unknown. */
export function timeThere(timeZone: string, nowMs: number): string | null {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(nowMs)
  } catch {
    // A RangeError for a zone that this platform does not know (ECMA-402, InitializeDateTimeFormat).
    return null
  }
}
