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
    targets: [{ id: 'site', title: 'Site', kind: 'http', address: 'https://${DOMAIN}' }],
    scenarios: [{ id: 's', title: 'S', summary: 'S.', stages: [{ id: 'g', title: 'G', purpose: 'mitigate', steps }] }],
  })
const httpGet = step({
  type: 'probe',
  call: { kind: 'http-get', target: 'site', path: '/' },
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
  expect(wrongIn(withSteps({ ...httpGet, shell: true }))).toEqual([
    'scenarios.0.stages.0.steps.0 Unrecognized key: "shell"',
  ])
  const call = { kind: 'http-get', target: 'site', path: '/', verb: 'DELETE' }
  expect(wrongIn(withSteps({ ...httpGet, call }))).toEqual([
    'scenarios.0.stages.0.steps.0.call Unrecognized key: "verb"',
  ])
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
    const call = { kind: 'http-get', target: 'site', path: '/${HOST}' }
    expect(wrongIn(withSteps({ ...httpGet, call, command: 'curl ${HOST}' }))).toEqual([
      'scenarios.0.stages.0.steps.0.call.path names a parameter or an output that the pack does not have',
      'scenarios.0.stages.0.steps.0.command names a parameter or an output that the pack does not have',
    ])
  })

  it('never show a secret but in a header', () => {
    expect(wrongIn(withSteps({ ...httpGet, command: 'curl -H ${TOKEN}' }))).toEqual([
      'scenarios.0.stages.0.steps.0.command names a secret parameter where others could read it',
    ])
    const headers = [{ name: 'Authorization', value: 'Bearer ${TOKEN}' }]
    expect(wrongIn(withSteps({ ...httpGet, call: { kind: 'http-get', target: 'site', path: '/', headers } }))).toEqual(
      [],
    )
  })

  it('that change a machine need a place', () => {
    const call = { kind: 'compose-restart', services: ['s'] }
    const restart = step({ type: 'action', call, risk: 'medium', command: 'x' })
    expect(wrongIn(withSteps({ ...restart, place: 'host' }))).toEqual([])
    expect(wrongIn(withSteps(restart))[0]).toMatch(/has no place/)
    expect(wrongIn(withSteps({ ...restart, place: 'elsewhere' }))[0]).toMatch(
      /names a place that the pack does not have/,
    )
  })

  it('that look may not change: an action is no probe', () => {
    const call = { kind: 'compose-restart', services: ['s'] }
    expect(wrongIn(withSteps(step({ type: 'probe', place: 'host', call, command: 'x' })))).toHaveLength(1)
  })

  it('may use the output of an earlier step alone, and never one that is secret in the open', () => {
    const make = step({
      id: 'make',
      type: 'probe',
      call: { kind: 'generate-secret', bytes: 32, encoding: 'hex' },
      output: 'fresh',
      command: 'openssl rand -hex 32',
    })
    const use = (stdin: RawPack, argv = ['store']) =>
      step({
        id: 'use',
        type: 'local-command',
        place: 'host',
        run: { argv },
        stdin,
        effect: { does: 'changes', risk: 'low' },
        command: 'store',
      })
    expect(wrongIn(withSteps(make, use({ output: 'fresh' })))).toEqual([])
    expect(wrongIn(withSteps(use({ output: 'fresh' }), make))).toEqual([
      'scenarios.0.stages.0.steps.0.stdin.output names an output that the pack does not have',
    ])
    expect(wrongIn(withSteps(make, use({ text: 'x' }, ['store', '${fresh}'])))).toHaveLength(1)
  })

  it('run a script in a container alone, with its values beside it', () => {
    const script = (text: string, place: string) =>
      step({
        type: 'local-command',
        place,
        run: { script: text, parameters: ['${DOMAIN}'] },
        effect: { does: 'reads' },
        command: 'x',
      })
    const places = [
      { id: 'host', title: 'Host', hint: 'H.' },
      { id: 'box', title: 'Box', hint: 'B.', form: 'container' },
    ]
    const wrong = (text: string, place: string) => wrongIn({ ...withSteps(script(text, place)), places })
    expect(wrong('ping "$1"', 'box')).toEqual([])
    expect(wrong('ping ${DOMAIN}', 'box')).toEqual([
      'scenarios.0.stages.0.steps.0.run.script holds a value; hand it over as one of its parameters',
    ])
    expect(wrong('ping "$1"', 'host')).toHaveLength(1)
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
  const phase = (window: RawPack) => rawPack({ phases: [{ id: 'p', title: 'P', summary: 'P.', window }] })

  it('may be open at the end and never end before they begin', () => {
    expect(wrongIn(phase({ after: 'detection', fromMinutes: 30, toMinutes: null }))).toEqual([])
    expect(wrongIn(phase({ after: 'detection', fromMinutes: 30, toMinutes: 30 }))).toEqual([
      'phases.0.window ends before it begins',
    ])
  })
})
