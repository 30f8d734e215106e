import type { Pack } from '../../packs/pack.ts'
import type { CallMade, CalledBy } from '../../people/entries.ts'

/** How far the calls to one role have come. Times are ISO UTC. */
export type Attempts =
  | { readonly is: 'untried'; readonly means: CalledBy }
  /** Somebody has it. */
  | { readonly is: 'reached'; readonly at: string; readonly person: string | null; readonly entry: string }
  /** A message waits for them; until then nobody else is called for it. */
  | { readonly is: 'waiting'; readonly since: string; readonly until: string; readonly entry: string }
  /** To be called again. `made` calls so far. */
  | {
      readonly is: 'again'
      readonly means: CalledBy
      readonly made: number
      readonly lastAt: string
      readonly why: string
    }
  /** They cannot be had. */
  | { readonly is: 'exhausted'; readonly at: string; readonly why: string }

/** Without an order of the runbook's: what wakes somebody before what waits for them. */
const byUrgency: readonly CalledBy[] = ['phone', 'pager', 'sms', 'page', 'chat', 'email', 'in-person', 'other']

/** The ways to reach a role, the first tried first: as the runbook orders them, of those that are known of the role. */
export function meansOf(pack: Pack, role: string): CalledBy[] {
  const ordered = pack.contactMethods
    .map(({ means, order }) => ({ means, order: order ?? 100 + byUrgency.indexOf(means) }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ means }) => means)
  const own = pack.contacts.filter((contact) => contact.role === role).flatMap(({ addresses }) => addresses)
  const place = (means: CalledBy) => {
    const at = ordered.findIndex((one) => one === means)
    return at < 0 ? ordered.length + byUrgency.indexOf(means) : at
  }
  const known = own.map(({ means }): CalledBy => means).toSorted((a, b) => place(a) - place(b))
  const ways = known.length > 0 ? known : ordered
  return ways.length === 0 ? ['phone'] : [...new Set(ways)]
}

/** What the calls to a role have come to, by the runbook's tries and waits where it (or its overlay) states them. */
export function attemptsOn(pack: Pack, role: string, calls: readonly CallMade[], nowMs: number): Attempts {
  const all = calls.filter((call) => call.role === role).toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  const reached = all.findLast(({ result }) => result === 'reached')
  const since = reached === undefined ? all : all.slice(all.indexOf(reached) + 1)
  const last = since.at(-1)
  if (last === undefined) {
    if (reached !== undefined) return { is: 'reached', at: reached.at, person: reached.person, entry: reached.entry }
    return { is: 'untried', means: meansOf(pack, role)[0] ?? 'phone' }
  }
  return inVain(pack, meansOf(pack, role), { since, last, nowMs })
}

function inVain(
  pack: Pack,
  means: readonly CalledBy[],
  { since, last, nowMs }: { since: readonly CallMade[]; last: CallMade; nowMs: number },
): Attempts {
  if (last.result === 'refused') return { is: 'exhausted', at: last.at, why: 'refused' }
  const until = waitUntil(pack, last)
  if (until !== null && Date.parse(until) > nowMs) return { is: 'waiting', since: last.at, until, entry: last.entry }
  const wrong = new Set(since.filter(({ result }) => result === 'wrong-number').map((call) => call.means))
  const left = means.filter((one) => !wrong.has(one))
  if (left.length === 0) return { is: 'exhausted', at: last.at, why: 'no number is right' }
  const counted = since.filter(({ result }) => result !== 'wrong-number').length
  const tries = pack.callouts?.tries ?? means.length
  if (counted >= tries) return { is: 'exhausted', at: until ?? last.at, why: `no answer to ${times(counted)}` }
  const used = new Set(since.map((call) => call.means))
  const next = left.find((one) => !used.has(one)) ?? left[counted % left.length] ?? 'phone'
  return { is: 'again', means: next, made: since.length, lastAt: last.at, why: againWords(last) }
}

/** Until when an answer is waited for; null where nothing waits for them, or the runbook states no time. */
function waitUntil(pack: Pack, { at, result }: CallMade): string | null {
  const minutes = pack.callouts?.answerWithinMinutes ?? null
  if (minutes === null || result !== 'voicemail') return null
  return new Date(Date.parse(at) + minutes * 60_000).toISOString()
}

function againWords({ result }: CallMade): string {
  if (result === 'wrong-number') return 'the number was wrong'
  return result === 'voicemail' ? 'the message was not answered' : 'there was no answer'
}

function times(count: number): string {
  return count === 1 ? 'one call' : `${count} calls`
}
