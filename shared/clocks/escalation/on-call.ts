import type { Pack } from '../../packs/pack.ts'
import { isInHours, isKnownZone, opensAt } from '../business-hours.ts'

/**
 * Whether a role may be called at a moment. `unstated`: the runbook says nothing of this role at this severity, or the hours
 * that it speaks of are not known here; then it may be tried.
 */
export interface OnCall {
  readonly is: 'on' | 'off' | 'as-needed' | 'unstated'
  /** What the runbook says, in words; empty where it says nothing. */
  readonly said: string
  /** When it is on call again (ISO UTC), where it is off. */
  readonly from: string | null
}

const unstated: OnCall = { is: 'unstated', said: '', from: null }

/** Who is on call, by role, severity (its id; null: none set) and time of day (ms since 1970). */
export function onCallOf(pack: Pack, role: string, severity: string | null, nowMs: number): OnCall {
  const rules = pack.roles.find(({ id }) => id === role)?.onCall ?? []
  const own = rules.filter(({ severities }) => severity !== null && severities.includes(severity))
  const rule = own[0] ?? rules.find(({ severities }) => severities.length === 0)
  if (rule === undefined) return unstated
  const condition = rule.condition === undefined ? '' : `, ${rule.condition}`
  if (rule.hours === 'always') return { is: 'on', said: `on call at any hour${condition}`, from: null }
  if (rule.hours === 'as-needed') return { is: 'as-needed', said: `called as needed${condition}`, from: null }
  const { businessHours } = pack
  const said = `on call in business hours${condition}`
  if (businessHours === undefined || !isKnownZone(businessHours)) {
    return { is: 'unstated', said: `${said}, which are not set here`, from: null }
  }
  if (isInHours(businessHours, nowMs)) return { is: 'on', said, from: null }
  const opens = opensAt(businessHours, nowMs)
  return { is: 'off', said, from: opens === null ? null : new Date(opens).toISOString() }
}
