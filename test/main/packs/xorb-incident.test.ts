import { describe, expect, it, test } from 'vitest'
import { signs } from '../../../shared/findings/signs.ts'
import type { Step } from '../../../shared/packs/step.ts'
import { stageLists, stepsIn, stepsOf } from '../../../shared/packs/steps-of.ts'
import { claimProblems, covering, inOneLine, lostWords, requirementsOf, shippedPack } from './requirements.ts'

const pack = shippedPack('xorb-incident')
const steps: Step[] = stepsOf(pack).map(({ step }) => step)
const stages = stageLists(pack).flatMap((list) => list.stages)
const rows = (kind?: string) => requirementsOf('XIR-', kind)

it('covers every requirement of the runbook once, by an item of a kind that may', () => {
  expect(claimProblems(pack, 'XIR-')).toEqual([])
})

it('says what it is and for what', () => {
  const [meta] = rows('pack-meta')
  expect(lostWords(meta?.detail.split(';')[0] ?? '', pack.source.document)).toEqual([])
  expect(lostWords('security incidents service outages XORB platform', pack.scope)).toEqual([])
})

it('speaks of signs that findings can carry', () => {
  const spoken = [
    ...pack.scenarios.flatMap((scenario) => scenario.signs),
    ...pack.severities.flatMap(({ suggestedBy }) => suggestedBy.flat()),
  ]
  expect(signs).toEqual(expect.arrayContaining(spoken))
})

test.each(rows('incident-type'))('$id $title', ({ id, title }) => {
  expect(covering(pack.incidentTypes, id).title).toBe(title)
})

describe('severities', () => {
  test.each(rows('severity').map((row, index) => ({ ...row, index })))('$id $title', ({ id, title, detail, index }) => {
    const severity = covering(pack.severities, id)
    const [summary = '', time] = detail.split('; response time: ')
    expect(`${severity.name} (${severity.code})`).toBe(title)
    expect(severity.rank).toBe(index + 1)
    expect(lostWords(summary.replace('non-security', 'no security'), severity.summary)).toEqual([])
    expect([time, severity.respondWithinMinutes]).toEqual(['none stated for the level', null])
  })

  it('asks one question per criterion above the lowest, in the order of the levels', () => {
    expect(pack.triage.questions.map(({ id, yes }) => [id, yes])).toEqual([
      ['outage', { severity: 'p0' }],
      ['breach', { severity: 'p0' }],
      ['major', { severity: 'p1' }],
      ['security-risk', { severity: 'p1' }],
      ['minor', { severity: 'p2' }],
    ])
  })
})

describe('immediate response', () => {
  it('takes the first 15 minutes', () => {
    const phase = covering(pack.phases, 'XIR-009')
    expect(phase.window).toEqual({ after: 'detection', fromMinutes: 0, toMinutes: 15 })
    expect(phase.stages.map(({ title }, i) => `${i + 1} ${title}`).join(', ')).toBe(
      /sub-phases: (.*)$/.exec(rows('phase')[0]?.detail ?? '')?.[1],
    )
  })

  it('tells the channel, the on-call team and the status page', () => {
    const [channel, team, page] = rows('notification')
    const [first, second, third] = pack.notifications
    expect(channel?.detail).toBe(`channel name pattern: ${first?.channel}`)
    expect(team?.detail).toBe(`recipient: ${second?.audience?.replace('O', 'o')}; no condition`)
    expect(second?.condition).toBeUndefined()
    expect(lostWords(page?.detail.replace('condition: if', '') ?? '', third?.condition ?? '')).toEqual([])
    for (const [i, { id, title }] of rows('notification').entries()) {
      const told = pack.notifications[i]
      expect(told).toMatchObject({ covers: [id], withinMinutes: 15 })
      expect(lostWords(title, told?.title ?? '')).toEqual([])
    }
  })
})

describe('stages', () => {
  test.each(rows('stage'))('$id $title', ({ id, title, detail }) => {
    const stage = covering(stages, id)
    expect(title.split(': ')[1]).toBe(stage.title)
    const place = Number(/(\d): /.exec(title)?.[1])
    const list = stageLists(pack).find((one) => one.stages.includes(stage))?.stages
    expect(list?.indexOf(stage)).toBe(place - 1)
    const order = /(?:^|; )([\w ]+(?: → [\w ]+)+)$/.exec(detail)?.[1]
    const words = order?.split(' → ').map((one) => one.replace('backup', 'back up').replace('verify ', ''))
    const said =
      stage.summary
        ?.toLowerCase()
        .replace(' then ', ' ')
        .split(/, | and /) ?? []
    if (words !== undefined) expect(words.flatMap((word, i) => lostWords(word, said[i] ?? ''))).toEqual([])
  })
})

describe('scenarios', () => {
  test.each(rows('scenario'))('$id $title', ({ id, title, detail }) => {
    const scenario = covering(pack.scenarios, id)
    expect(title.replace(/^Scenario \d: /, '')).toBe(scenario.title)
    const covered = stepsIn(scenario.stages).flatMap(({ covers }) => covers)
    const kinds = covered.map((one) => rows().find((row) => row.id === one)?.kind)
    const counted = [...detail.matchAll(/(\d) (probe|action)s?/g)]
    for (const [, count, kind] of counted) expect(kinds.filter((one) => one === kind)).toHaveLength(Number(count))
    const ordered = /(\d) ordered steps: (.*)$/.exec(detail)
    if (ordered !== null) {
      expect(kinds).toHaveLength(Number(ordered[1]))
      expect(kinds.slice(0, -1)).toEqual(ordered[2]?.split(', ').slice(0, -1))
      expect(scenario.stages.at(-1)).toMatchObject({ purpose: 'verify', steps: [{ covers: [covered.at(-1)] }] })
    }
    const symptom = /symptom: (.*) \(title only\)/.exec(detail)?.[1]
    if (symptom !== undefined)
      expect(scenario.symptoms.map(({ text }) => text.toLowerCase())).toEqual([symptom.toLowerCase()])
    if (detail.includes('symptoms: none stated')) expect(scenario.symptoms).toEqual([])
  })

  it('keep the steps in the order of the runbook', () => {
    for (const { stages: list } of stageLists(pack)) {
      const covered = stepsIn(list).flatMap(({ covers }) => covers)
      expect(covered).toEqual(covered.toSorted())
    }
  })

  it('take the indicators of a breach as signs of a security incident', () => {
    const indicators = rows('indicator').map(({ id }) => covering(pack.indicators, id).title)
    expect(indicators).toEqual(rows('indicator').map(({ title }) => title))
    expect(covering(pack.scenarios, 'XIR-022').symptoms.map(({ text }) => text)).toEqual(indicators)
  })

  it('keep evidence before what would end it', () => {
    const first = (id: string) => {
      const step = covering(steps, id)
      if (step.type === 'action') return step.evidenceFirst
      return step.type === 'local-command' && step.effect.does === 'changes' ? step.effect.evidenceFirst : null
    }
    expect(first('XIR-019')).toEqual(['keep-api-log'])
    expect(first('XIR-028')).toEqual(['processes', 'sockets'])
    expect([first('XIR-036'), first('XIR-038')]).toEqual([['api-log'], ['api-log']])
    expect([first('XIR-060'), first('XIR-066'), first('XIR-105')]).toEqual([['log'], ['log'], ['services', 'log']])
  })

  test.each(['XIR-019', 'XIR-028', 'XIR-036', 'XIR-051', 'XIR-055', 'XIR-113', 'XIR-114', 'XIR-115', 'XIR-117'])(
    '%s carries a warning',
    (id) => {
      expect(covering(steps, id).warning).toMatch(/\.$/m)
    },
  )
})

describe('machine steps', () => {
  const log = (container: string, rest: object = {}) => ({ kind: 'container-logs', container, ...rest })
  const scan = (file: string, pattern: string, last: number | null) => ({
    kind: 'log-scan',
    files: [file],
    pattern,
    last,
  })
  const typed: Record<string, object> = {
    'XIR-012': { kind: 'compose-list', file: null, services: [] },
    'XIR-013': { kind: 'compose-logs', services: ['api', 'orchestrator'], tail: 100 },
    'XIR-020': scan('/var/log/xorb/*', 'UNAUTHORIZED|FAILED_AUTH', 20),
    'XIR-021': log('xorb-api-1', { pattern: 'AUDIT', last: 50 }),
    'XIR-028': { kind: 'compose-stop', services: ['api'] },
    'XIR-030': log('xorb-api-1', { tail: null, pattern: null }),
    'XIR-032': scan('/var/log/xorb/auth.log', '(FAILED_LOGIN|INVALID_TOKEN)', null),
    'XIR-033': scan('/var/log/xorb/api.log', '(POST|PUT|DELETE)', 100),
    'XIR-040': { kind: 'postgres-ready', target: 'postgres' },
    'XIR-041': log('xorb-postgres-1', { tail: 50 }),
    'XIR-042': { kind: 'postgres-version', target: 'database-from-api' },
    'XIR-044': log('xorb-nats-1', { tail: null }),
    'XIR-045': { kind: 'nats-connect', target: 'nats-from-api' },
    'XIR-059': log('xorb-scanner-1', { tail: null }),
    'XIR-060': { kind: 'compose-restart', services: ['scanner'] },
    'XIR-061': {
      kind: 'http-get',
      target: 'api',
      path: '/api/v1/ptaas/profiles',
      method: 'GET',
      headers: [{ name: 'Authorization', value: 'Bearer ${TOKEN}' }],
    },
    'XIR-064': { kind: 'http-get', target: 'temporal', path: '/' },
    'XIR-065': log('xorb-orchestrator-1', { tail: null }),
    'XIR-066': { kind: 'compose-restart', services: ['orchestrator'] },
    'XIR-103': { kind: 'compose-list', services: [] },
    'XIR-104': log('xorb-api-1', { tail: null }),
    'XIR-105': { kind: 'compose-restart', services: ['api'] },
    'XIR-106': { kind: 'http-get', target: 'api', path: '/api/v1/health' },
    'XIR-113': { kind: 'compose-stop', services: [] },
  }
  const python = (library: string, url: string, variable: string, said: string) =>
    `docker-compose exec api python -c " import ${library} import asyncio async def test(): ${variable} = await ` +
    `${library}.connect('${url}') print('${said} connected successfully') await ${variable}.close() asyncio.run(test()) "`
  /** Commands that the list of requirements does not quote. */
  const commands: Record<string, string> = {
    'XIR-042': python('asyncpg', 'postgresql://user:pass@postgres:5432/xorb', 'conn', 'DB'),
    'XIR-045': python('nats', 'nats://nats:4222', 'nc', 'NATS'),
    'XIR-055': 'make restore BACKUP_FILE=${BACKUP_FILE}',
    'XIR-061': 'curl -H "Authorization: Bearer $TOKEN" http://localhost:8000/api/v1/ptaas/profiles',
    'XIR-064': 'curl http://localhost:8233/',
    'XIR-106': 'curl http://localhost:8000/api/v1/health',
    'XIR-115': 'make restore BACKUP_FILE=${BACKUP_FILE}',
  }
  const machine = [...rows('probe'), ...rows('action'), ...rows('evidence')].filter(({ id }) => id !== 'XIR-037')
  const made = machine.filter(({ target }) => target === 'make')

  test.each(machine)('$id $title', ({ id, kind, detail, target }) => {
    const step = covering(steps, id)
    const command = 'command' in step ? inOneLine(step.command ?? '') : ''
    if (Object.hasOwn(commands, id)) expect(command).toBe(commands[id])
    else expect(detail.startsWith(command)).toBe(true)
    expect(step.type).toBe(target === 'make' ? 'local-command' : kind)
    const call = 'call' in step ? step.call : step.type === 'evidence' && 'call' in step.take ? step.take.call : null
    if (target === 'make') expect(typed).not.toHaveProperty(id)
    else expect(call).toMatchObject(typed[id] ?? { kind: 'untyped' })
  })

  test.each(made)('$id runs make on the host', ({ id, detail, mutates }) => {
    const step = covering(steps, id)
    if (step.type !== 'local-command') throw new Error(`${id} is no program`)
    const argv = /^make ([\w-]+)/.exec(detail)?.[0].split(' ') ?? []
    const restores = argv[1] === 'restore'
    expect(step).toMatchObject({
      place: 'host',
      run: { argv: restores ? [...argv, 'BACKUP_FILE=${BACKUP_FILE}'] : argv },
    })
    expect(step.effect.does).toBe(mutates === 'yes' ? 'changes' : 'reads')
    const condition = /condition: (if [\w ]+)/.exec(detail)?.[1]
    if (condition !== undefined) expect(lostWords(condition.replace('if ', ''), step.when ?? '')).toEqual([])
    if (restores) expect(step.effect).toMatchObject({ risk: 'destroys' })
  })

  it('speak with the servers that the runbook names, where they are', () => {
    expect(pack.targets.map(({ kind, place, address, within }) => [kind, place, address, within])).toEqual([
      ['http', 'host', 'http://localhost:8000', undefined],
      ['temporal', 'host', 'http://localhost:8233', undefined],
      ['postgres', 'postgres-container', 'localhost:5432', undefined],
      ['postgres', 'api-container', 'postgres:5432', 'xorb'],
      ['nats', 'api-container', 'nats://nats:4222', undefined],
    ])
    expect(pack.places.map(({ form, named }) => [form, named])).toEqual([
      ['host', undefined],
      ['container', 'xorb-api-1'],
      ['container', 'xorb-postgres-1'],
    ])
  })

  it('keep the API container’s log under the name that the runbook gives it', () => {
    expect(covering(steps, 'XIR-030')).toMatchObject({ saveAs: 'incident-logs-${stamp}.log' })
  })

  it('leave to a person what the runbook gives no command for', () => {
    expect(covering(steps, 'XIR-037')).toMatchObject({ type: 'manual', effect: 'changes' })
    expect(covering(steps, 'XIR-057')).toMatchObject({ type: 'check', text: 'Verify data integrity.' })
  })

  test.each(rows('parameter'))('$id $title', ({ id, title, detail }) => {
    const parameter = covering(pack.parameters, id)
    expect(parameter.id).toBe(title)
    expect(parameter.secret).toBe(detail.startsWith('secret'))
    if (detail.startsWith('path pattern')) expect(detail).toContain(`path pattern ${parameter.hint};`)
  })
})

describe('after it', () => {
  test.each(rows('post-incident'))('$id $title', ({ id, title, detail }) => {
    const duty = covering(pack.postIncident, id)
    expect(lostWords(title, duty.text)).toEqual([])
    expect(lostWords(/condition: (?:if )?([^;]+)/.exec(detail)?.[1] ?? '', duty.condition ?? '')).toEqual([])
    expect(duty.audience?.toLowerCase()).toBe(/recipient: ([^;]+)/.exec(detail)?.[1])
    expect(duty.withinHours).toBeNull()
  })

  it('in three groups, in their order', () => {
    expect([...new Set(pack.postIncident.map(({ group }) => group))]).toEqual([
      'Documentation',
      'Review & Improvement',
      'Communication',
    ])
    expect(pack.postIncident.flatMap(({ covers }) => covers)).toEqual(rows('post-incident').map(({ id }) => id))
    expect(pack.postMortem.dueWithinHours).toBeNull()
  })
})

describe('around it', () => {
  test.each(rows('contact'))('$id $title', ({ id, title, detail }) => {
    const contact = covering(pack.contacts, id)
    expect(pack.roles.find((role) => role.id === contact.role)?.title).toBe(title)
    expect(contact.addresses.map(({ value }) => value)).toEqual(detail.includes('placeholder') ? [] : [detail])
  })

  test.each(rows('metric'))('$id $title', ({ id, title }) => {
    expect(covering(pack.metrics, id).title).toBe(title)
    expect(pack.thresholds).toEqual([])
  })

  test.each(rows('detection-source'))('$id $title', ({ id, title }) => {
    expect(covering(pack.detection, id)).toMatchObject({ title, automated: null, arrivesBy: null })
  })

  test.each(rows('resource'))('$id $title', ({ id, title, detail }) => {
    const resource = covering(pack.resources, id)
    expect(resource.where.toLowerCase()).toBe(detail.replace(' (no path given)', '').toLowerCase())
    expect(lostWords(title.replace(/ (location|dashboard)$/, ''), resource.title)).toEqual([])
  })
})
