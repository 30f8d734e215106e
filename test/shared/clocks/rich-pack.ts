import fc from 'fast-check'
import { type ClockInput, emptyClockInput } from '../../../shared/clocks/input.ts'
import type { Pack } from '../../../shared/packs/pack.ts'
import { callResultSchema } from '../../../shared/people/entries.ts'
import { smallPack } from '../packs/small-pack.ts'

const roles = ['on-call', 'senior', 'lead', 'security', 'management']

/** A pack with a rule of every family of clocks, and a ladder of three rungs. */
export function richPack(parts: Record<string, unknown> = {}): Pack {
  return smallPack({
    roles: roles.map((id) => ({ id, title: id })),
    commander: [],
    severities: [level('sev1', 1, 5, 10), level('sev2', 2, null, 60), level('sev3', 4, null, null)],
    incidentTypes: [
      { id: 'breach', title: 'Breach' },
      { id: 'outage', title: 'Outage' },
    ],
    contactMethods: [
      { id: 'mail', title: 'Mail', means: 'email', order: 2 },
      { id: 'phone', title: 'Phone', means: 'phone', order: 1 },
    ],
    escalation: [
      edge('to-senior', 'on-call', ['sev3'], ['senior'], ['sev2'], { unresolvedMinutes: 30 }),
      edge('to-lead', 'senior', ['sev2'], ['lead'], ['sev1'], { unresolvedMinutes: 60 }),
      edge('to-security', null, [], ['security'], [], { incidentTypes: ['breach'] }),
      edge('security-to-management', 'security', [], ['management', 'lead'], [], { unanswered: true }),
      edge('to-management', null, [], ['management'], [], { unresolvedMinutes: 240 }),
      edge('press', null, [], ['management'], [], { condition: 'The press asks' }),
    ],
    notifications: [
      { id: 'at-once', title: 'Tell the lead', severities: ['sev1'], roles: ['lead'], withinMinutes: 0 },
      { id: 'soon', title: 'Tell management', severities: ['sev1'], roles: ['management'], withinMinutes: 15 },
      { id: 'breach', title: 'Tell security', incidentTypes: ['breach'], roles: ['security'], withinMinutes: 10 },
      { id: 'channel', title: 'Open a channel', channel: '#incident' },
    ],
    phases: [
      { id: 'detect', title: 'Detect', summary: 'Look.', window: { after: 'detection', fromMinutes: 0, toMinutes: 5 } },
      { id: 'fix', title: 'Fix', summary: 'Mend.', window: { after: 'detection', fromMinutes: 5, toMinutes: 60 } },
      {
        id: 'learn',
        title: 'Learn',
        summary: 'Write.',
        window: { after: 'resolution', fromMinutes: 0, toMinutes: 99 },
      },
    ],
    cadence: [
      { id: 'first', severities: ['sev1'], after: 'initial', updateWithinMinutes: 15, rule: 'The second follows.' },
      { id: 'next', severities: ['sev1'], after: 'update', updateWithinMinutes: null, rule: 'Each names the next.' },
      { id: 'hourly', severities: ['sev2'], after: 'update', updateWithinMinutes: 60, rule: 'Every hour.' },
    ],
    regulatory: [
      {
        id: 'early',
        title: 'Early warning',
        authority: 'The agency',
        after: 'awareness',
        withinMinutes: 1_440,
        holdsWhen: 'The service is essential.',
      },
      {
        id: 'office',
        title: 'Office report',
        authority: 'The office',
        after: 'detection',
        withinMinutes: 480,
        businessHours: true,
        holdsWhen: 'People are affected.',
      },
    ],
    businessHours: { timeZone: 'Europe/Berlin', days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' },
    postIncident: [{ id: 'report', text: 'Write the report', withinHours: 24 }],
    ...parts,
  })
}

function level(id: string, rank: number, acknowledge: number | null, respond: number | null) {
  return {
    id,
    code: id.toUpperCase(),
    name: `Level ${rank}`,
    rank,
    summary: 'Bad.',
    acknowledgeWithinMinutes: acknowledge,
    respondWithinMinutes: respond,
  }
}

function edge(
  id: string,
  from: string | null,
  fromSeverities: string[],
  to: string[],
  toSeverities: string[],
  when: Record<string, unknown>,
) {
  return {
    id,
    from: from === null ? null : { role: from, severities: fromSeverities },
    to: { roles: to, severities: toSeverities },
    when,
  }
}

export const firstMs = Date.parse('2026-03-26T00:00:00.000Z')
export const isoAt = (ms: number) => new Date(ms).toISOString()

/** A time in the week around the change to summer time in Berlin, in whole seconds. */
export const anyTime = fc.integer({ min: 0, max: 7 * 24 * 3_600 }).map((seconds) => isoAt(firstMs + seconds * 1_000))
const maybe = fc.option(anyTime, { nil: null })
const hash = fc.constantFrom('e1', 'e2', 'e3', 'e4')

const call = fc.record({
  entry: hash,
  at: anyTime,
  role: fc.constantFrom(...roles),
  person: fc.constantFrom('Ben', null),
  means: fc.constantFrom('phone' as const, 'email' as const),
  result: fc.constantFrom(...callResultSchema.options),
  edge: fc.constantFrom(null, 'press', 'to-lead'),
})

const pauses = fc
  .uniqueArray(anyTime, { maxLength: 5 })
  .map((times) => times.toSorted())
  .map((times) =>
    times.flatMap((from, index) =>
      index % 2 === 0 ? [{ from, to: times[index + 1] ?? null, reason: 'Waiting.', by: 'Ana', entry: 'e1' }] : [],
    ),
  )

const ids = [
  'response',
  'update',
  'update:hourly',
  'notification:soon',
  'regulatory:early',
  'regulatory:office',
] as const

/** Anything that may be known of an incident, in whatever order it happened. */
export const anyInput: fc.Arbitrary<ClockInput> = fc
  .record({
    declaredAt: anyTime,
    detectedAt: anyTime,
    severities: fc.array(
      fc.record({ at: anyTime, severity: fc.constantFrom('sev1', 'sev2', 'sev3', 'gone'), entry: hash }),
      { maxLength: 5 },
    ),
    types: fc.array(fc.record({ at: anyTime, types: fc.subarray(['breach', 'outage']), entry: hash }), {
      maxLength: 3,
    }),
    commandedAt: maybe,
    respondedAt: maybe,
    resolvedAt: maybe,
    falseAlarm: fc.boolean(),
    postMortemAt: maybe,
    commander: fc.constantFrom('Ana', null),
    updates: fc
      .array(fc.record({ at: anyTime, nextAt: maybe, entry: hash }), { maxLength: 5 })
      .map((all) =>
        all.map((one) => ({ ...one, nextAt: one.nextAt !== null && one.nextAt > one.at ? one.nextAt : null })),
      ),
    calls: fc.array(call, { maxLength: 6 }),
    notices: fc.array(
      fc.record({
        entry: hash,
        at: anyTime,
        notification: fc.constantFrom('at-once', 'soon', 'breach', 'channel'),
        result: fc.constantFrom('told' as const, 'not-reached' as const, 'not-needed' as const),
      }),
      { maxLength: 3 },
    ),
    workedAt: maybe,
    pauses: fc.dictionary(fc.constantFrom(...ids), pauses),
    duties: fc.dictionary(
      fc.constantFrom('early', 'office'),
      fc.array(
        fc.record({
          holds: fc.boolean(),
          since: anyTime,
          at: anyTime,
          reason: fc.constant('Law.'),
          by: fc.constant('Ana'),
          entry: hash,
        }),
        { maxLength: 3 },
      ),
    ),
    met: fc.dictionary(
      fc.constantFrom('post-mortem', 'post-incident:report', 'regulatory:early'),
      fc.array(fc.record({ at: anyTime, entry: hash }), { minLength: 1, maxLength: 2 }),
    ),
  })
  .map((parts) => ({ ...emptyClockInput, ...parts }))
