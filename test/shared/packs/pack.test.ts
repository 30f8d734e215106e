import { describe, expect, it, test } from 'vitest'
import { packSchema } from '../../../shared/packs/pack.ts'
import { rawPack, type RawPack, severity } from './small-pack.ts'

/** Paths and messages of what is wrong with a pack. */
function wrongIn(pack: RawPack): string[] {
  const parsed = packSchema.safeParse(pack)
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`)
}

const step = (parts: RawPack) => ({ id: 'one', title: 'One', covers: [], ...parts })
const withSteps = (...steps: RawPack[]) =>
  rawPack({
    scenarios: [{ id: 's', title: 'S', summary: 'S.', signs: [], symptoms: [], steps, verify: [], covers: [] }],
  })
const httpGet = step({
  type: 'probe',
  call: { kind: 'http-get', url: 'https://${DOMAIN}/' },
  command: 'curl ${DOMAIN}',
})

it('takes a pack that leaves open what its runbook leaves open', () => {
  expect(
    wrongIn(
      rawPack({
        severities: [severity('only', 2, null)],
        commander: [],
        triage: { whenUnsure: 'higher', questions: [] },
      }),
    ),
  ).toEqual([])
})

it('refuses unknown keys at every depth', () => {
  expect(wrongIn(rawPack({ run: 'rm -rf /' }))).toEqual([' Unrecognized key: "run"'])
  expect(wrongIn(withSteps({ ...httpGet, shell: true }))).toEqual(['scenarios.0.steps.0 Unrecognized key: "shell"'])
  const call = { kind: 'http-get', url: 'https://a.example/', method: 'DELETE' }
  expect(wrongIn(withSteps({ ...httpGet, call }))).toEqual(['scenarios.0.steps.0.call Unrecognized key: "method"'])
})

it('refuses the form of another version', () => {
  expect(wrongIn(rawPack({ apiVersion: 'muster.dev/v2' }))).toHaveLength(1)
})

describe('references', () => {
  const cases: Record<string, [RawPack, string]> = {
    'a question names no severity of the pack': [
      { triage: { whenUnsure: 'higher', questions: [{ id: 'q', text: 'Q?', yes: { severity: 'p1' }, covers: [] }] } },
      'triage.questions.0.yes.severity names a severity that the pack does not have',
    ],
    'a commander has no role of the pack': [
      { commander: [{ severities: ['sev1'], roles: ['boss'], covers: [] }] },
      'commander.0.roles.0 names a role that the pack does not have',
    ],
    'a contact has no role of the pack': [
      { contacts: [{ role: 'boss', responsibility: null, trigger: 'Always', covers: [] }] },
      'contacts.0.role names a role that the pack does not have',
    ],
    'an edge leads to nobody': [
      {
        escalation: [
          { id: 'e', from: null, to: { roles: ['boss'], severities: [] }, when: { condition: 'Fire' }, covers: [] },
        ],
      },
      'escalation.0.to.roles.0 names a role that the pack does not have',
    ],
    'an edge says nothing about when': [
      { escalation: [{ id: 'e', from: null, to: { roles: ['lead'], severities: [] }, when: {}, covers: [] }] },
      'escalation.0.when says nothing about when',
    ],
    'an id stands twice': [
      {
        roles: [
          { id: 'lead', title: 'Lead' },
          { id: 'lead', title: 'Other' },
        ],
      },
      'roles.1.id stands twice in its list',
    ],
    'severities are not worst first': [
      { severities: [severity('sev2', 2, 1), severity('sev1', 1, 1), severity('sev3', 3, 1)] },
      'severities.1.rank is not below the level before it',
    ],
    'two severities have one rank': [
      { severities: [severity('sev1', 1, 1), severity('sev2', 1, 1), severity('sev3', 3, 1)] },
      'severities.1.rank is not below the level before it',
    ],
  }

  test.each(Object.entries(cases))('are refused where %s', (_, [parts, wrong]) => {
    expect(wrongIn(rawPack(parts))).toEqual([wrong])
  })
})

describe('steps', () => {
  it('may use the parameters of the pack', () => {
    expect(wrongIn(withSteps(httpGet))).toEqual([])
  })

  it('are refused a parameter that is not declared, in call and command', () => {
    const call = { kind: 'http-get', url: 'https://${HOST}/' }
    expect(wrongIn(withSteps({ ...httpGet, call, command: 'curl ${HOST}' }))).toEqual([
      'scenarios.0.steps.0.command names an open parameter that the pack does not have',
      'scenarios.0.steps.0.call.url names a parameter that the pack does not have',
    ])
  })

  it('never show a secret in the command', () => {
    expect(wrongIn(withSteps({ ...httpGet, command: 'curl -H ${TOKEN}' }))).toEqual([
      'scenarios.0.steps.0.command names an open parameter that the pack does not have',
    ])
  })

  it('that change a machine need a place', () => {
    const restart = step({ type: 'action', call: { kind: 'compose-restart', file: 'f', service: 's' }, command: 'x' })
    expect(wrongIn(withSteps({ ...restart, place: 'host' }))).toEqual([])
    expect(wrongIn(withSteps(restart))[0]).toMatch(/has no place/)
    expect(wrongIn(withSteps({ ...restart, place: 'elsewhere' }))[0]).toMatch(
      /names a place that the pack does not have/,
    )
  })

  it('that look may not change: an action is no probe', () => {
    const call = { kind: 'compose-restart', file: 'f', service: 's' }
    expect(wrongIn(withSteps(step({ type: 'probe', place: 'host', call, command: 'x' })))).toHaveLength(1)
  })

  it('may use the output of an earlier step alone', () => {
    const make = step({
      id: 'make',
      type: 'probe',
      call: { kind: 'generate-secret', bytes: 48, encoding: 'base64', output: 'fresh' },
      command: 'openssl rand -base64 48',
    })
    const write = step({
      id: 'write',
      type: 'action',
      call: { kind: 'vault-write', path: 'secret/x', field: 'y', valueFrom: 'fresh' },
      command: 'vault kv put secret/x y=…',
    })
    expect(wrongIn(withSteps(make, write))).toEqual([])
    expect(wrongIn(withSteps(write, make))).toEqual([
      'scenarios.0.steps.0.call.valueFrom names an output that the pack does not have',
    ])
  })
})

describe('templates', () => {
  const template = (lines: string[], fields: string[]) =>
    rawPack({
      templates: [
        {
          id: 't',
          title: 'T',
          moment: 'initial',
          severities: ['sev1'],
          lines: lines.map((text, i) => ({ id: `l${i}`, text, covers: [] })),
          fields: fields.map((id) => ({ id, title: id, choices: [] })),
          covers: [],
        },
      ],
    })

  it('use the fields that they declare and no others', () => {
    expect(wrongIn(template(['It is ${state}.'], ['state']))).toEqual([])
    expect(wrongIn(template(['It is ${stat}.'], ['state']))).toEqual([
      'templates.0.lines.0.text names a field that the pack does not have',
      'templates.0.fields.0.id is a field that no line uses',
    ])
  })
})

describe('windows of time', () => {
  const phase = (window: RawPack) =>
    rawPack({ phases: [{ id: 'p', title: 'P', summary: 'P.', window, checklist: [], steps: [], covers: [] }] })

  it('may be open at the end and never end before they begin', () => {
    expect(wrongIn(phase({ after: 'detection', fromMinutes: 30, toMinutes: null }))).toEqual([])
    expect(wrongIn(phase({ after: 'detection', fromMinutes: 30, toMinutes: 30 }))).toEqual([
      'phases.0.window ends before it begins',
    ])
  })
})
