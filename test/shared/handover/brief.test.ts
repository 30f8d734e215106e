import { describe, expect, test } from 'vitest'
import { type BriefInput, handoverBrief } from '../../../shared/handover/brief.ts'
import { paperHtml, paperMarkdown } from '../../../shared/handover/paper.ts'
import { classifiedKind, severitySetKind } from '../../../shared/incident/entries.ts'
import { fold } from '../../../shared/incident/fold.ts'
import type { IncidentState } from '../../../shared/incident/state.ts'
import { draftOf } from '../../../shared/journal/kind.ts'
import { roleTakenKind } from '../../../shared/people/entries.ts'
import { teamSetKind } from '../../../shared/people/teams.ts'
import { decidedKind, taskGivenKind } from '../../../shared/tasks/entries.ts'
import { chainOf, storyEntries } from '../incident/story.ts'
import { infinity } from '../../shipped-packs.ts'

const { pack } = infinity
const at = '2026-11-21T04:00:00.000Z'
const decided = (text: string) => ({ text, options: [], poll: null, outcome: 'decided' as const })

/** An incident that still runs, of the entries of a story without its end. */
function stateWith(...drafts: Parameters<typeof chainOf>[0]): IncidentState {
  const story = storyEntries()
    .slice(0, 5)
    .map(({ kind, body }) => ({ kind, body }))
  return fold('01KAHB7Q7N8S3H9F0V6Z2M4XWC', chainOf([...story, ...drafts]))
}

const inputOf = (state: IncidentState, also: Partial<BriefInput> = {}): BriefInput => ({
  state,
  pack,
  at,
  offsetMinutes: null,
  objectives: [],
  hazards: [],
  to: null,
  armed: [],
  ...also,
})

const markdownOf = (input: BriefInput) => paperMarkdown(handoverBrief(input))

/** The lines of one section. */
function section(markdown: string, title: string): string {
  return markdown.split(`\n## ${title}`)[1]?.split('\n## ')[0] ?? ''
}

describe('the hand-over brief', () => {
  test('says who, what, how bad and since when', () => {
    const brief = markdownOf(
      inputOf(stateWith(), { to: 'Ben', objectives: ['Sign-in works'], hazards: ['Backups run'] }),
    )
    expect(brief).toContain('# Hand-over brief: INC-2026-1121-0001 Sign-in fails')
    expect(brief).toContain('**Mode:** **LIVE**')
    expect(brief).toContain('**Ana Ruiz**, offered to **Ben**')
    expect(brief).toContain('◆ P2 High** (assumed) since 03:03 UTC')
    expect(brief).toContain('1 hour 5 minutes since 02:55 UTC')
    expect(section(brief, 'Objectives')).toContain('- Sign-in works')
    expect(section(brief, 'Hazards and safety')).toContain('- Backups run')
  })

  test('names tasks with minutes left, roles with who was heard when, and teams', () => {
    const brief = markdownOf(
      inputOf(
        stateWith(
          draftOf(taskGivenKind, { text: 'Look at the disk', owner: 'Jonas', minutes: 60 }),
          draftOf(taskGivenKind, { text: 'Ask the provider', owner: 'Mia', minutes: null }),
          draftOf(roleTakenKind, { role: 'scribe', person: { contact: null, name: 'Cid' } }),
          draftOf(teamSetKind, { team: { id: 'db', title: 'Database' }, lead: 'Jonas', members: ['Mia'] }),
        ),
      ),
    )
    expect(section(brief, 'Running tasks')).toMatch(/Look at the disk \| Jonas \| 6:00 left/)
    expect(section(brief, 'Running tasks')).toMatch(/Ask the provider \| Mia \| given 03:07 UTC/)
    expect(section(brief, 'Roles and teams')).toMatch(/Commander \| Ana Ruiz \| 03:09 UTC/)
    expect(section(brief, 'Roles and teams')).toMatch(/Scribe \| Cid \| not yet/)
    expect(section(brief, 'Roles and teams')).toMatch(/Database \(2 people\) \| Jonas/)
  })

  test('tells the decisions of the last hour, and only counts what came before', () => {
    const state = stateWith(
      draftOf(decidedKind, decided('Long ago'), { happenedAt: '2026-11-21T02:59:00.000Z' }),
      draftOf(decidedKind, decided('Fail over')),
    )
    const said = section(markdownOf(inputOf(state)), 'Decisions of the last hour')
    expect(said).toContain('Fail over')
    expect(said).not.toContain('Long ago')
    expect(said).toContain('1 decision before that.')
  })

  test('shows the clocks of the pack with their owners, and whom to call', () => {
    const brief = markdownOf(inputOf(stateWith()))
    expect(section(brief, 'Clocks')).toMatch(/First response \| .* UTC \| \*\*.* overdue\*\* \| Ana Ruiz/)
    expect(section(brief, 'Whom to call next')).toMatch(/- Call /)
  })

  test('tells what sort it is apart from what it hits', () => {
    const hit = { types: [], priority: null, systems: ['checkout', 'pg-eu-2'] }
    const brief = markdownOf(inputOf(stateWith(draftOf(classifiedKind, hit))))
    expect(brief).toContain('**Affected:** checkout, pg-eu-2')
    expect(brief).not.toContain('What sort')
  })

  test('says what is owed', () => {
    const severity = { id: 'p1', code: 'P1', name: 'Critical', rank: 1 }
    const state = stateWith(
      draftOf(severitySetKind, { severity, assumed: false, reason: 'The reason follows.', path: [], owed: true }),
    )
    const owed = section(markdownOf(inputOf(state)), 'Still owed')
    expect(owed).toContain('The reason for P1 is still to be said.')
    expect(owed).toContain('Nobody has acknowledged it yet.')
  })

  test('has armed changes with the command to take them back only where there are any', () => {
    const command = 'kubectl rollout undo deployment/shop'
    expect(markdownOf(inputOf(stateWith()))).not.toContain('Armed changes')
    const brief = markdownOf(inputOf(stateWith(), { armed: [{ title: 'Rolled shop back', until: null, command }] }))
    expect(section(brief, 'Armed changes: what takes them back')).toContain(`\`${command}\``)
  })

  test('shows both times where the readers are not in UTC', () => {
    const brief = markdownOf(inputOf(stateWith(), { offsetMinutes: 60 }))
    expect(brief).toContain('since 02:55 (03:55)')
    expect(brief).toContain('UTC, in brackets UTC+01:00')
  })

  test('is the same page for the same state, moment and words', () => {
    expect(markdownOf(inputOf(stateWith()))).toBe(markdownOf(inputOf(stateWith())))
  })

  test('works without a pack and stays one page whatever is in it', () => {
    const many = Array.from({ length: 500 }, (_, i) =>
      draftOf(taskGivenKind, { text: `Task ${i} ${'long '.repeat(1_000)}`, owner: 'Jonas', minutes: 5 }),
    )
    const brief = markdownOf(inputOf(stateWith(...many), { pack: null }))
    expect(section(brief, 'Running tasks')).toContain('and 494 more')
    expect(brief.length).toBeLessThan(10_000)
  })

  test('marks an exercise, and lets no text become markup', () => {
    const state = { ...stateWith(), mode: 'exercise' as const }
    const html = paperHtml(handoverBrief(inputOf(state, { objectives: ['<script>alert(1)</script>'] })))
    expect(html).toContain('EXERCISE: nothing in this document happened to a real system')
    expect(html).toContain('&lt;script&gt;')
    expect(html).not.toContain('<script')
  })
})
