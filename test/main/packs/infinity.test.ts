import { describe, expect, it, test } from 'vitest'
import { signs } from '../../../shared/findings/signs.ts'
import type { Step } from '../../../shared/packs/step.ts'
import { stepsOf } from '../../../shared/packs/steps-of.ts'
import { claimProblems, covering, infinity, lostWords, requirements } from './requirements.ts'

const pack = infinity()
const steps: Step[] = stepsOf(pack).map(({ step }) => step)

/** '15 minutes', '1 hour', '48 hours', '30 min' in minutes. */
function minutesIn(text: string): number {
  const [, count = '', unit = ''] = /(\d+) (min|hour)/.exec(text) ?? []
  return Number(count) * (unit === 'hour' ? 60 : 1)
}

it('covers every requirement of the playbook once, by an item of a kind that may', () => {
  expect(claimProblems(pack, 'INF-')).toEqual([])
})

it('names its source as the playbook does', () => {
  expect(pack.source).toMatchObject({
    document: 'Runbook: Incident Response Playbook',
    category: requirements('pack-meta')[1]?.detail,
    control: `ISO 27001: ${requirements('pack-meta')[2]?.detail}`,
    updated: requirements('pack-meta')[3]?.detail,
  })
  expect(pack.scope).toBe('Infinity OS, repository Trancendos/infinity-portal')
})

it('speaks of signs that findings can carry', () => {
  const spoken = [
    ...pack.scenarios.flatMap((scenario) => scenario.signs),
    ...pack.severities.flatMap(({ suggestedBy }) => suggestedBy.flat()),
  ]
  expect(signs).toEqual(expect.arrayContaining(spoken))
})

describe('severities', () => {
  test.each(requirements('severity'))('$id $title', ({ id, title, detail }) => {
    const severity = covering(pack.severities, id)
    const [, summary = '', time = '', examples = ''] = /^(.*); response time < (.*); examples: (.*)$/.exec(detail) ?? []
    expect(`${severity.code} — ${severity.name}`).toBe(title)
    expect(severity.rank).toBe(Number(severity.code.slice(1)))
    expect(severity.respondWithinMinutes).toBe(minutesIn(time))
    expect(lostWords(summary, severity.summary)).toEqual([])
    expect(severity.examples.map((one) => one.toLowerCase().replaceAll(' s', 's'))).toEqual(
      examples.split(', ').map((one) => one.toLowerCase().replaceAll(' s', 's')),
    )
  })
})

describe('triage', () => {
  test.each(requirements('triage'))('$id $title', ({ id, title, detail }) => {
    const question = covering(pack.triage.questions, id)
    const level = /yes → (P\d)/.exec(detail)?.[1]
    expect(question.yes).toEqual(level === undefined ? { lowerBy: 1 } : { severity: level.toLowerCase() })
    expect(lostWords(title.replace('>5s response', 'responses 5 s'), question.text)).toEqual([])
  })

  it('asks in the order of the playbook', () => {
    expect(pack.triage.questions.flatMap(({ covers }) => covers)).toEqual(requirements('triage').map(({ id }) => id))
  })
})

describe('phases', () => {
  const windows = [
    ['detection', 0, 5],
    ['detection', 5, 15],
    ['detection', 15, 60],
    ['detection', 60, 1440],
    ['resolution', 0, 2880],
  ] as const

  test.each(requirements('phase').map((row, index) => ({ ...row, index })))('$id $title', ({ id, title, index }) => {
    const phase = covering(pack.phases, id)
    const [after, fromMinutes, toMinutes] = windows[index] ?? []
    expect(`Phase ${pack.phases.indexOf(phase) + 1}: ${phase.title}`).toBe(title)
    expect(phase.window).toEqual({ after, fromMinutes, toMinutes })
  })

  test.each(requirements('process-step'))('$id $title', ({ id, title, detail }) => {
    const item = covering(steps, id)
    if (item.type !== 'check') throw new Error(`${id} is no step to tick`)
    expect(lostWords(title.replace(/^\d\. /, ''), item.text)).toEqual([])
    expect(lostWords(detail, item.detail ?? '')).toEqual([])
  })

  test.each(requirements('detection-source'))('$id $title', ({ id, title, detail }) => {
    const source = covering(pack.detection, id)
    expect(lostWords(title, source.title)).toEqual([])
    expect(source.automated).toBe(detail.includes('automated'))
    const arrives = /→ (.*);/.exec(detail)?.[1]
    expect(arrives === undefined ? source.arrivesBy : lostWords(arrives, source.arrivesBy ?? '')).toEqual(
      arrives === undefined ? null : [],
    )
  })
})

describe('people', () => {
  const titleOf = (id: string) => pack.roles.find((role) => role.id === id)?.title

  test.each(requirements('role'))('$id $title', ({ id, title, detail }) => {
    const rule = covering(pack.commander, id)
    expect(rule.severities.map((one) => one.toUpperCase()).join('/')).toBe(title.replace('Incident commander for ', ''))
    expect(rule.roles.map((role) => titleOf(role)?.toLowerCase()).join(' or ')).toBe(detail)
  })

  test.each(requirements('contact'))('$id $title', ({ id, title, detail }) => {
    const contact = covering(pack.contacts, id)
    expect(titleOf(contact.role)).toBe(title)
    const [, responsibility] = /responsibility: (.*?);/.exec(detail) ?? []
    expect(contact.responsibility?.toLowerCase() ?? undefined).toBe(responsibility?.toLowerCase())
    const trigger = /escalation (?:trigger|target): (.*?);/.exec(detail)?.[1] ?? 'none'
    const read = trigger
      .replace('P2+', 'P2 or worse')
      .replace('> 30 min', 'more than 30 minutes')
      .replace('infra-related', 'infrastructure')
    expect(lostWords(read, contact.trigger ?? '')).toEqual([])
  })

  const edges = {
    'INF-106': {
      from: ['On-Call Engineer', 'p3', 'p4'],
      to: ['Senior Engineer', 'p2'],
      when: { unresolvedMinutes: 30 },
    },
    'INF-107': { from: ['Senior Engineer', 'p2'], to: ['Team Lead', 'p1'], when: { unresolvedMinutes: 60 } },
    'INF-108': { from: ['Team Lead', 'p1'], to: ['CISO', 'Legal'], when: { condition: 'Data breach' } },
    'INF-109': { from: ['Senior Engineer', 'p2'], to: ['DevOps Lead'], when: { condition: 'Infrastructure issue' } },
    'INF-110': {
      from: ['On-Call Engineer', 'p3', 'p4'],
      to: ['Security Engineer'],
      when: { condition: 'Security incident' },
    },
    'INF-111': { from: ['Security Engineer'], to: ['CISO'], when: { condition: 'Security incident' } },
    'INF-119': { from: null, to: ['On-Call Engineer'], when: { condition: 'Any alert' } },
    'INF-120': { from: null, to: ['Senior Engineer'], when: { unresolvedMinutes: 30, severities: ['p1', 'p2'] } },
    'INF-121': { from: null, to: ['Team Lead'], when: { severities: ['p1'] } },
    'INF-122': {
      from: null,
      to: ['DevOps Lead'],
      when: { severities: ['p1', 'p2'], condition: 'Infrastructure issue' },
    },
    'INF-123': { from: null, to: ['Security Engineer'], when: { condition: 'Any security alert' } },
  }

  test.each(Object.entries(edges))('escalation %s', (id, expected) => {
    const { from, to, when } = covering(pack.escalation, id)
    expect({
      from: from === null ? null : [titleOf(from.role), ...from.severities],
      to: [...to.roles.map(titleOf), ...to.severities],
      when,
    }).toEqual(expected)
  })

  it('has no other edges of escalation', () => {
    expect(Object.keys(edges)).toEqual(requirements('escalation').map(({ id }) => id))
  })
})

describe('thresholds', () => {
  it('holds the limits where they are used', () => {
    expect(covering(pack.thresholds, 'INF-009')).toMatchObject({ above: 5, unit: 'seconds', severity: 'p2' })
    expect(covering(pack.thresholds, 'INF-010')).toMatchObject({ above: 5, unit: 'percent', severity: 'p2' })
    expect(covering(pack.thresholds, 'INF-029')).toMatchObject({ above: 5, unit: 'seconds' })
    expect(covering(steps, 'INF-040')).toMatchObject({ call: { longerThanMinutes: 5 } })
    expect(pack.postMortem).toMatchObject({ dueWithinHours: 48, covers: expect.arrayContaining(['INF-064']) })
    expect(covering(pack.escalation, 'INF-112').when.unresolvedMinutes).toBe(30)
    expect(covering(pack.escalation, 'INF-113').when.unresolvedMinutes).toBe(60)
  })
})

describe('post-mortem', () => {
  const fields = pack.postMortem.sections.flatMap((section) =>
    section.fields.map((field) => ({ ...field, section: section.title })),
  )

  test.each(requirements('pir-field'))('$id $title', ({ id, title }) => {
    const field = covering(fields, id)
    expect([field.title, `${field.section}: ${field.title}`]).toContain(title)
  })

  it('has its parts in the order of the playbook', () => {
    expect(fields.flatMap(({ covers }) => covers)).toEqual(requirements('pir-field').map(({ id }) => id))
    expect(pack.postMortem.sections.map(({ title }) => title).slice(1)).toEqual([
      'Timeline',
      'Root Cause',
      'Impact',
      'What Went Well',
      'What Went Wrong',
      'Action Items',
      'Lessons Learned',
    ])
  })
})

describe('templates', () => {
  const lines = pack.templates.flatMap((template) => template.lines)

  /** A line as the playbook prints it, with its fields in brackets. */
  const printed: Record<string, string> = {
    'INF-087': '🔴 P1 INCIDENT: [Brief description]',
    'INF-088': 'Status: Investigating',
    'INF-089': 'Impact: [Service] is [down/degraded]',
    'INF-090': 'ETA: Assessing — update in 15 minutes',
    'INF-091': 'Commander: [Name of the commander]',
    'INF-094': '🔴 P1 UPDATE: [Brief description]',
    'INF-095': 'Status: [Investigating/Mitigating/Resolved]',
    'INF-096': 'Root cause: [Known/Unknown]',
    'INF-097': 'ETA: [Time estimate]',
    'INF-098': 'Next update: [Time of the next update]',
    'INF-101': '✅ P1 RESOLVED: [Brief description]',
    'INF-102': 'Duration: [Hours and minutes]',
    'INF-103': 'Root cause: [Brief description of the cause]',
    'INF-104': 'Fix: [Brief description of the fix]',
    'INF-105': 'Post-mortem: [Link] (within 48 hours)',
  }

  test.each(requirements('template-field'))('$id $title', ({ id }) => {
    const template = pack.templates.find((one) => one.lines.some((line) => line.covers.includes(id)))
    const text = covering(lines, id).text.replaceAll(/\$\{([^}]*)\}/g, (_, name) => {
      const field = template?.fields.find((one) => one.id === name)
      return `[${(field?.choices.length ?? 0) > 0 ? field?.choices.join('/') : field?.title}]`
    })
    expect(text).toBe(printed[id])
  })

  it('fill from the incident all that it knows', () => {
    const from = pack.templates.map(({ fields }) => fields.map(({ id, from: source }) => [id, source]))
    expect(from).toEqual([
      [
        ['summary', 'title'],
        ['service', 'affected'],
        ['condition', undefined],
        ['commander', 'commander'],
      ],
      [
        ['summary', 'title'],
        ['status', 'status'],
        ['root-cause', undefined],
        ['eta', undefined],
        ['next-update', 'next-update'],
      ],
      [
        ['summary', 'title'],
        ['duration', 'duration'],
        ['root-cause', 'root-cause'],
        ['fix', 'fix'],
        ['link', undefined],
      ],
    ])
  })

  it('sends the first update after 15 minutes and names the time of each next one', () => {
    expect(covering(pack.cadence, 'INF-092')).toMatchObject({
      severities: ['p1'],
      after: 'initial',
      updateWithinMinutes: 15,
    })
    expect(covering(pack.cadence, 'INF-099')).toMatchObject({
      severities: ['p1'],
      after: 'update',
      updateWithinMinutes: null,
    })
  })
})

describe('steps', () => {
  const file = 'infrastructure/docker/docker-compose.prod.yml'
  const compose = { file, services: ['backend'] }
  const program = (folder: string, ...argv: string[]) => ({ run: { argv }, folder })
  const typed: Record<string, [what: object, command: string]> = {
    'INF-017': [{ kind: 'http-get', target: 'portal', path: '/health' }, 'curl -s https://${DOMAIN}/health | jq .'],
    'INF-018': [
      { url: 'https://grafana.${DOMAIN}/d/infinity-os-overview' },
      'open https://grafana.${DOMAIN}/d/infinity-os-overview',
    ],
    'INF-019': [
      { kind: 'github-runs', target: 'repository', limit: 5 },
      'gh run list --repo Trancendos/infinity-portal --limit 5',
    ],
    'INF-020': [{ kind: 'compose-logs', ...compose, tail: 100 }, `docker-compose -f ${file} logs --tail=100 backend`],
    'INF-034': [{ kind: 'compose-restart', ...compose }, `docker-compose -f ${file} restart backend`],
    'INF-035': [
      { kind: 'compose-scale', file, service: 'backend', replicas: 3 },
      `docker-compose -f ${file} up -d --scale backend=3`,
    ],
    'INF-036': [{ kind: 'container-stats', containers: [] }, 'docker stats'],
    'INF-038': [
      { kind: 'postgres-connections', target: 'database' },
      'psql "$DATABASE_URL" -c "SELECT count(*) FROM pg_stat_activity;"',
    ],
    'INF-039': [
      { kind: 'postgres-end-connections', target: 'database', state: 'active', longerThanMinutes: 5 },
      `psql "$DATABASE_URL" -c " SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'active' AND query_start < now() - interval '5 minutes' AND pid <> pg_backend_pid(); "`,
    ],
    'INF-043': [
      { kind: 'compose-roll-back', file, service: 'backend' },
      `docker-compose -f ${file} up -d --no-deps backend`,
    ],
    'INF-044': [
      program('workers/identity', 'npx', 'wrangler', 'rollback'),
      'cd workers/identity npx wrangler rollback',
    ],
    'INF-045': [program('.', 'git', 'revert', '--no-edit', 'HEAD'), 'git revert HEAD'],
    'INF-046': [program('.', 'git', 'push', 'origin', 'main'), 'git push origin main'],
    'INF-048': [{ kind: 'vault-revoke-own-token', target: 'vault' }, 'vault write -force auth/token/revoke-self'],
    'INF-049': [{ kind: 'generate-secret', bytes: 48, encoding: 'base64' }, 'openssl rand -base64 48'],
    'INF-050': [
      { kind: 'vault-write', path: 'secret/infinity-os/config', field: 'jwt_secret', from: 'new-jwt-secret' },
      'vault kv put secret/infinity-os/config jwt_secret=$(openssl rand -base64 48)',
    ],
    'INF-051': [{ kind: 'vault-audit-devices', target: 'vault' }, 'vault audit list'],
    'INF-052': [
      {
        kind: 'compose-logs',
        file: null,
        services: ['backend'],
        tail: null,
        pattern: 'auth|security|unauthorized',
        ignoreCase: true,
      },
      'docker-compose logs backend | grep -i "auth\\|security\\|unauthorized"',
    ],
    'INF-053': [
      { kind: 'cloudflare-block-address', target: 'cloudflare', zone: 'CF_ZONE_ID', address: 'SUSPICIOUS_IP' },
      `curl -X POST "https://api.cloudflare.com/client/v4/zones/$CF_ZONE_ID/firewall/rules" \\ -H "Authorization: Bearer $CF_API_TOKEN" \\ -H "Content-Type: application/json" \\ --data '[{"filter":{"expression":"ip.src eq \${SUSPICIOUS_IP}"},"action":"block"}]'`,
    ],
  }
  const programs = ['INF-044', 'INF-045', 'INF-046']

  test.each([...requirements('probe'), ...requirements('action')])('$id $title', ({ id, kind }) => {
    const step = covering(steps, id)
    expect('call' in step ? step.call : step).toMatchObject(typed[id]?.[0] ?? {})
    expect('command' in step ? step.command?.trim().replaceAll(/\s+/g, ' ') : undefined).toBe(typed[id]?.[1])
    expect(step.type).toBe(id === 'INF-018' ? 'link' : programs.includes(id) ? 'local-command' : kind)
  })

  it('offers three ways to roll back, of which one is chosen', () => {
    const { stages } = covering(pack.scenarios, 'INF-042')
    const options = stages.flatMap((stage) => stage.options)
    expect(options.map((option) => option.steps.flatMap(({ covers }) => covers))).toEqual([
      ['INF-043'],
      ['INF-044'],
      ['INF-045', 'INF-046'],
    ])
  })

  test.each([
    ['INF-034', ['keep-log']],
    ['INF-035', ['keep-log']],
    ['INF-039', ['long-queries']],
    ['INF-043', ['keep-log']],
    ['INF-048', ['keep-log']],
    ['INF-050', ['keep-log']],
  ])('%s keeps evidence first', (id, evidenceFirst) => {
    expect(covering(steps, id)).toMatchObject({ evidenceFirst })
  })

  test.each([
    ['INF-034', 'warning', /Sweep first/],
    ['INF-035', 'warning', /fixed host port/],
    ['INF-039', 'warning', /Backups, index builds/],
    ['INF-043', 'note', /names no image/],
    ['INF-045', 'note', /opens an editor/],
    ['INF-046', 'warning', /deploys it/],
    ['INF-048', 'note', /rotates no secret/],
    ['INF-048', 'warning', /need another token/],
    ['INF-050', 'note', /drops the other fields/],
    ['INF-053', 'note', /custom rule/],
  ] as const)('%s says in its %s what the playbook does not', (id, where, text) => {
    expect(covering(steps, id)[where]).toMatch(text)
  })

  it('keeps the other fields beside the secret that it writes', () => {
    expect(covering(steps, 'INF-050')).toMatchObject({ call: { keepOthers: true } })
  })

  test.each(requirements('scenario'))('$id $title', ({ id, title }) => {
    expect(covering(pack.scenarios, id).title).toBe(title)
  })

  test.each(requirements('parameter'))('$id $title', ({ id, title, detail }) => {
    const parameter = covering(pack.parameters, id)
    expect(parameter.id).toBe(title)
    expect(parameter.secret).toBe(detail.startsWith('secret'))
  })
})
