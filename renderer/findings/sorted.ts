import type { Finding } from '../../shared/findings/finding.ts'

/** `rank` by weight, `since` what began last first, `name` by what it is about. */
export type Order = 'rank' | 'since' | 'name'

const orders: readonly Order[] = ['rank', 'since', 'name']

export function nextOrder(order: Order): Order {
  return orders[(orders.indexOf(order) + 1) % orders.length] ?? 'rank'
}

/** Another order of the same findings; what has no beginning stands last. */
export function sorted(findings: readonly Finding[], order: Order): Finding[] {
  if (order === 'rank') return findings.toSorted((a, b) => a.rank - b.rank)
  if (order === 'name')
    return findings.toSorted((a, b) => a.object.name.localeCompare(b.object.name, 'en') || a.rank - b.rank)
  return findings.toSorted((a, b) => beganAt(b) - beganAt(a) || a.rank - b.rank)
}

function beganAt({ since }: Finding): number {
  return since === null ? 0 : Date.parse(since)
}
