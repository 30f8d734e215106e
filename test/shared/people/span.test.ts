import { describe, expect, it } from 'vitest'
import { emptyState, type IncidentState } from '../../../shared/incident/state.ts'
import { spanOf } from '../../../shared/people/span.ts'
import type { Task } from '../../../shared/tasks/entries.ts'

const who = (name: string) => ({ contact: null, name })
const at = '2026-11-21T09:00:00.000Z'

function task(owner: string, text: string, ended: Task['ended'] = null): Task {
  return {
    entry: text,
    at,
    text,
    owner,
    by: 'Ana',
    minutes: null,
    askBack: null,
    extended: [],
    ended,
  } as unknown as Task
}

function state(parts: Partial<IncidentState>): IncidentState {
  return { ...emptyState('X'), ...parts }
}

const team = (title: string, lead: string | null, ...members: string[]) => ({
  id: title,
  title,
  lead,
  members,
  at,
  entry: title,
})

describe('span of control', () => {
  it('counts each person once, whatever they do, and never the commander', () => {
    const span = spanOf(
      state({
        roles: { commander: who('Ana'), deputy: who('Ben'), scribe: who('ben'), communications: who('Ana') },
        teams: [team('Database', 'Ben', 'Cy', 'Ana')],
      }),
    )
    expect(span.reports.map(({ name, as }) => [name, as.length])).toEqual([['Ben', 3]])
    expect(span).toMatchObject({ commander: 'Ana', isTooWide: false, teams: [{ lead: 'Ben', members: ['Cy', 'Ana'] }] })
  })

  it('takes who has a running task and is in no team, and leaves out who is led', () => {
    const given = [task('Cy', 'look'), task('Dee', 'count'), task('Eve', 'rest', { outcome: 'done' } as Task['ended'])]
    const span = spanOf(state({ teams: [team('Database', 'Ben', 'Cy')], tasks: { ...emptyState('X').tasks, given } }))
    expect(span.reports.map(({ name }) => name)).toEqual(['Ben', 'Dee'])
  })

  it('lets the members of a team without a lead report to the commander', () => {
    const span = spanOf(state({ teams: [team('Network', null, 'Cy', 'Dee')] }))
    expect(span.reports).toMatchObject([{ name: 'Cy', as: [{ is: 'team', leads: false }] }, { name: 'Dee' }])
  })

  it('warns above seven, and not at seven', () => {
    const leads = (count: number) => Array.from({ length: count }, (_, index) => team(`T${index}`, `P${index}`))
    expect(spanOf(state({ teams: leads(7) })).isTooWide).toBe(false)
    expect(spanOf(state({ teams: leads(8) })).isTooWide).toBe(true)
  })
})
