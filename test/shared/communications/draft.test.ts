import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPack } from '../../../main/packs/pack-file.ts'
import { draftMessage, type FieldValues, missingMark } from '../../../shared/communications/draft.ts'
import { emptyState, type IncidentState } from '../../../shared/incident/state.ts'
import type { Template } from '../../../shared/packs/message-shape.ts'
import { applyOverlay } from '../../../shared/packs/overlay.ts'
import type { Pack } from '../../../shared/packs/pack.ts'
import { smallPack } from '../packs/small-pack.ts'
import { wholeStory } from '../postmortem/story.ts'

const folder = join(import.meta.dirname, '../../../assets/packs')
const packs = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => readPack(readFileSync(join(folder, name)), name).pack)
const nowMs = Date.parse('2026-11-21T14:05:00.000Z')
const story = wholeStory().input().state

function draft(pack: Pack, template: Template, values: FieldValues = {}, state: IncidentState = story) {
  return draftMessage(template, { effective: applyOverlay(pack, null), state, values, nowMs })
}

/** Brackets of the template itself are its own words; no others may stand in what comes out. */
function ownBrackets(template: Template): string[] {
  return [template.subject ?? '', ...template.lines.map(({ text }) => text)].flatMap(
    (text) => text.match(/\[[^\]]*\]/g) ?? [],
  )
}

const every = packs.flatMap((pack) =>
  pack.templates.map((template) => [`${pack.id}: ${template.id}`, { pack, template }] as const),
)

describe.each(every)('%s', (_name, { pack, template }) => {
  it("is filled from a story's record, and says what is missing", () => {
    const { text, subject, missing } = draft(pack, template)
    const all = `${subject ?? ''}\n${text}`
    expect(all).not.toContain('${')
    for (const bracketed of all.match(/\[[^\]]*\]/g) ?? []) expect(ownBrackets(template)).toContain(bracketed)
    for (const { title } of missing) expect(all).toContain(missingMark(title))
    expect(all.match(/‹[^›]*: missing›/g)?.length ?? 0).toBeGreaterThanOrEqual(missing.length)
  })

  it('has nothing missing once every field was said', () => {
    const values = Object.fromEntries(
      template.fields.map(({ id, choices, list }) => [
        id,
        choices.length > 0 ? choices.slice(0, list ? 2 : 1) : list ? ['one', 'two'] : 'said',
      ]),
    )
    const { text, subject, missing } = draft(pack, template, values)
    expect(missing.map(({ id }) => id)).toEqual([])
    expect(`${subject ?? ''}${text}`).not.toMatch(/\$\{|: missing›/)
  })
})

it('leaves no field unfilled and unnoticed, whatever is said of which', () => {
  const said = fc.string({ maxLength: 40 }).filter((text) => !text.includes('${') && !text.includes('missing'))
  fc.assert(
    fc.property(
      fc.constantFrom(...every.map(([, one]) => one)),
      fc.array(fc.option(fc.oneof(said, fc.array(said, { maxLength: 4 })), { nil: undefined }), {
        minLength: 80,
        maxLength: 80,
      }),
      fc.boolean(),
      ({ pack, template }, given, isEmpty) => {
        const values = Object.fromEntries(
          template.fields.flatMap(({ id }, i) => (given[i] === undefined ? [] : [[id, given[i]]])),
        )
        const { text, subject, missing } = draft(pack, template, values, isEmpty ? emptyState('X') : story)
        const all = `${subject ?? ''}\n${text}`
        expect(all).not.toContain('${')
        const marked = new Set(all.match(/‹[^›]*: missing›/g))
        expect(marked).toEqual(new Set(missing.map(({ title }) => missingMark(title))))
      },
    ),
    { numRuns: 300 },
  )
})

function templateOf(parts: Partial<Record<keyof Template, unknown>>): { pack: Pack; template: Template } {
  const pack = smallPack({ templates: [{ id: 't', title: 'T', moment: 'update', ...parts }] })
  const [template] = pack.templates
  if (template === undefined) throw new Error('no template')
  return { pack, template }
}

const line = (id: string, text: string, each?: string) => ({ id, text, ...(each === undefined ? {} : { each }) })

describe('a message', () => {
  it('repeats a line for every value, and leaves out one for an optional field that is empty', () => {
    const { pack, template } = templateOf({
      lines: [line('a', 'Done:'), line('b', '- ${did}', 'did'), line('c', 'Also: ${more}')],
      fields: [
        { id: 'did', title: 'What was done', list: true },
        { id: 'more', title: 'More', optional: true },
      ],
    })
    expect(draft(pack, template, { did: ['Rolled back', 'Told all'] })).toEqual({
      subject: null,
      text: 'Done:\n- Rolled back\n- Told all',
      missing: [],
    })
    expect(draft(pack, template).text).toBe('Done:\n- ‹What was done: missing›')
  })

  it('takes one of the choices, in its own spelling, and nothing else', () => {
    const { pack, template } = templateOf({
      lines: [line('a', 'It is ${how}.')],
      fields: [{ id: 'how', title: 'State', choices: ['Down', 'Degraded'] }],
    })
    expect(draft(pack, template, { how: 'degraded' }).text).toBe('It is Degraded.')
    expect(draft(pack, template, { how: 'fine' })).toMatchObject({
      text: 'It is ‹State: missing›.',
      missing: [{ id: 'how', why: 'is not one of: Down, Degraded' }],
    })
  })

  it('never reads what was filled in as a field again, and keeps a subject on one line', () => {
    const { pack, template } = templateOf({
      subject: 'About ${title}',
      lines: [line('a', '${title} / ${next}')],
      fields: [
        { id: 'title', title: 'Title' },
        { id: 'next', title: 'Next' },
      ],
    })
    const { subject, text } = draft(pack, template, { title: 'a\r\nBcc: ${next}', next: 'b' })
    expect(subject).toBe('About a Bcc: ${next}')
    expect(text).toBe('a\nBcc: ${next} / b')
  })

  it('says that an exercise is one', () => {
    const { pack, template } = templateOf({ subject: 'Down', lines: [line('a', 'It is down.')] })
    const { subject, text } = draft(pack, template, {}, { ...emptyState('X'), mode: 'exercise' })
    expect(subject).toBe('EXERCISE: Down')
    expect(text).toBe('EXERCISE: this is not real.\nIt is down.')
  })

  it('names the time of the next update by the cadence that holds', () => {
    const { pack, template } = templateOf({
      lines: [line('a', 'Next: ${next}')],
      fields: [{ id: 'next', title: 'Next update', from: 'next-update' }],
    })
    const state = {
      ...story,
      core: { ...story.core, resolvedAt: null, severity: { id: 'sev1', code: 'S1', name: 'Bad', rank: 1 } },
    }
    const cadence = [{ id: 'all', severities: [], after: 'update', updateWithinMinutes: 30, rule: 'Every 30 minutes' }]
    const timed = smallPack({ templates: pack.templates, cadence })
    expect(draft(timed, template, {}, state).text).toBe('Next: 2026-11-21 14:35 UTC')
    expect(draft(pack, template, {}, state).missing.map(({ id }) => id)).toEqual(['next'])
  })
})
