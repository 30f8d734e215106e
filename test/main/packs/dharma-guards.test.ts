import { describe, expect, it, test } from 'vitest'
import type { Step } from '../../../shared/packs/step.ts'
import { stepsIn, stepsOf } from '../../../shared/packs/steps-of.ts'
import { covering, requirementsOf, shippedPack } from './requirements.ts'

const pack = shippedPack('dharma')
const steps: Step[] = stepsOf(pack).map(({ step }) => step)
const requirements = (kind: string) => requirementsOf('DHA-', kind)
const folder = '/var/log/incidents/${INCIDENT_ID}'

describe('conditions', () => {
  const offline = requirements('probe').filter(({ detail }) => / (online|offline|unhealthy|not Up)/.test(detail))

  test.each(offline.filter(({ detail }) => detail.includes('condition:')))('$id $title', ({ id, detail }) => {
    const step = covering(steps, id)
    const asked = steps.find((one) => one.id === step.onlyIf?.step)
    expect(step.onlyIf?.came).toBe(detail.endsWith(' online') ? 'good' : 'bad')
    if (asked?.type !== 'probe') throw new Error(`${id} hangs on no probe`)
    const word = detail.includes('not Up') ? 'restart failed' : /condition: (\S+)/.exec(detail)?.[1]
    expect(`${asked.expect?.bad}`.toLowerCase()).toContain(
      word?.toLowerCase() === 'online' ? 'offline' : word?.toLowerCase(),
    )
  })

  test.each(requirements('probe').filter(({ detail }) => detail.includes('report "')))(
    '$id says what the script says',
    (row) => {
      const step = covering(steps, row.id)
      const said = [...row.detail.matchAll(/"([^"]*)"/g)]
        .map(([, text = '']) => text.replace('<name>', '${SERVICE_NAME}'))
        .filter((text) => text !== 'Up')
      if (row.id === 'DHA-165') {
        expect(covering(steps, 'DHA-164')).toMatchObject({ expect: { bad: said[0] } })
        return
      }
      const { good, bad } = (step.type === 'probe' ? step.expect : undefined) ?? {}
      expect([good, bad].slice(0, said.length)).toEqual(said)
    },
  )

  it('restores each database for its own service alone, from the backup that was found', () => {
    for (const [find, restore, name] of [
      ['DHA-173', 'DHA-174', 'mongodb'],
      ['DHA-175', 'DHA-176', 'postgresql'],
    ] as const) {
      const found = covering(steps, find)
      expect(found.output).toBe(`${name}-backup`)
      for (const step of [found, covering(steps, restore)]) {
        expect(step.onlyWith).toEqual({ parameter: 'SERVICE_NAME', values: [name] })
      }
    }
  })

  it('runs once for each value of the three lists, and dumps memory only if told to', () => {
    expect(['DHA-102', 'DHA-104', 'DHA-106'].map((id) => covering(steps, id).forEach)).toEqual([
      'SUSPICIOUS_IPS',
      'COMPROMISED_USERS',
      'COMPROMISED_API_KEYS',
    ])
    expect(covering(steps, 'DHA-120').onlyWith).toEqual({ parameter: 'MEMORY_DUMP', values: ['true'] })
    expect(covering(steps, 'DHA-204').onlyIf).toEqual({ step: covering(steps, 'DHA-203').id, came: 'good' })
    for (const id of ['DHA-201', 'DHA-202']) expect(covering(steps, id).when).toBe('It is needed')
  })
})

describe('parameters', () => {
  test.each(requirements('parameter'))('$id $title', ({ id, title, detail }) => {
    const parameter = covering(pack.parameters, id)
    expect(parameter.id).toBe(title)
    expect(parameter.list).toBe(detail.includes('list'))
    expect(parameter.secret).toBe(detail.includes('secret'))
    expect(parameter.optional).toBe(detail.includes('optional') || title === 'MEMORY_DUMP')
    const [, choices] = /argument: (\w+, .*?);/.exec(detail) ?? []
    const expected = title === 'MEMORY_DUMP' ? ['true', 'false'] : (choices?.split(/, | or /) ?? [])
    expect(parameter.choices).toEqual(expected)
    const standing = title === 'INCIDENT_ID' ? '${incidentNumber}' : /default (\w+)$/.exec(detail)?.[1]
    expect(parameter.default).toBe(detail.includes('no default') ? undefined : standing)
  })

  it('chooses the ways of recovery and of optimization', () => {
    for (const [id, chosenBy] of [
      ['DHA-157', 'RECOVERY_TYPE'],
      ['DHA-197', 'OPTIMIZATION_TYPE'],
    ] as const) {
      const stage = covering(
        pack.scenarios.flatMap(({ stages }) => stages),
        id,
      )
      expect(stage.chosenBy).toBe(chosenBy)
      expect(stage.options.map((option) => option.id)).toEqual(
        pack.parameters.find((parameter) => parameter.id === chosenBy)?.choices,
      )
    }
  })

  it('keeps API keys out of every text but the key that is deleted', () => {
    const holding = steps.filter((step) => step.forEach === 'COMPROMISED_API_KEYS')
    expect(holding.map(({ covers }) => covers)).toEqual([['DHA-106']])
    expect(JSON.stringify(holding).match(/\$\{value\}/g)).toHaveLength(1)
  })
})

describe('dangers', () => {
  it.each([
    ['DHA-100', /before|gone/],
    ['DHA-102', /locks you/],
    ['DHA-106', /lost/],
    ['DHA-120', /password/],
    ['DHA-162', /lost/],
    ['DHA-167', /gone/],
    ['DHA-174', /dropped/],
    ['DHA-176', /mixture/],
    ['DHA-204', /slower/],
    ['DHA-205', /lost/],
    ['DHA-209', /Nobody can use/],
    ['DHA-215', /api_key:\*/],
  ])('%s carries a warning', (id, said) => {
    expect(covering(steps, id).warning).toMatch(said)
  })

  it('marks what loses data for good', () => {
    const destroying = steps.filter((step) => step.type === 'action' && step.risk === 'destroys')
    expect(destroying.flatMap(({ covers }) => covers)).toEqual(['DHA-106', 'DHA-167', 'DHA-174', 'DHA-176', 'DHA-215'])
  })

  it("keeps the service's log before each way of recovery ends its container", () => {
    for (const id of ['DHA-162', 'DHA-166', 'DHA-167', 'DHA-172']) {
      expect(covering(steps, id)).toMatchObject({ evidenceFirst: ['keep-log'] })
    }
  })

  it('starts a database again before it restores into it, which the script does not', () => {
    const [order] = pack.scenarios
      .flatMap(({ stages }) => stages)
      .flatMap((stage) => stage.options)
      .filter(({ id }) => id === 'restore')
      .map((option) => option.steps.map(({ id }) => id))
    const place = (id: string) => order?.indexOf(id) ?? -1
    expect(place('stop')).toBeLessThan(place('start-database'))
    expect(place('start-database')).toBeLessThan(place('mongodb-restore'))
    expect(place('start-database')).toBeLessThan(place('postgresql-restore'))
    expect(place('kept')).toBeLessThan(place('mongodb-restore'))
  })

  it('takes what is gone soonest first', () => {
    const stage = covering(
      pack.scenarios.flatMap(({ stages }) => stages),
      'DHA-108',
    )
    expect(stepsIn([stage]).map((step) => (step.type === 'evidence' ? step.saveAs : step.type))).toEqual([
      'evidence_folder.txt',
      'network_connections.txt',
      'socket_stats.txt',
      'process_list.txt',
      'open_files.txt',
      'memory_dump.img',
      'auth.log',
      'syslog',
      'dharma_logs',
      'database_snapshot.sql',
      'evidence_hashes.txt',
      'evidence_location.txt',
    ])
  })
})

describe('where the steps go', () => {
  it('speaks with the servers of the runbook at their addresses', () => {
    const addresses = pack.targets.map(({ id, address, within, user, place }) => [id, address, within, user, place])
    expect(addresses).toEqual([
      ['mongodb', 'localhost', undefined, undefined, 'server'],
      ['postgresql', 'localhost:5432', 'dharma_db', 'dharma_user', 'server'],
      ['redis', 'localhost', undefined, undefined, 'server'],
      ['elasticsearch', 'http://localhost:9200', undefined, undefined, 'server'],
      ['prometheus', 'http://localhost:9090', undefined, undefined, 'server'],
      ['api-gateway', 'http://api-gateway:8000', undefined, undefined, 'server'],
      ['data-collection', 'http://data-collection:8001', undefined, undefined, 'server'],
      ['ai-analysis', 'http://ai-analysis:8002', undefined, undefined, 'server'],
      ['alert-management', 'http://alert-management:8003', undefined, undefined, 'server'],
    ])
    expect(pack.evidenceFolder).toBe(folder)
    expect(pack.evidenceRules.map(({ path }) => path)).toEqual([
      'analysis/auth_analysis.txt',
      'analysis/db_analysis.txt',
      'analysis/api_analysis.txt',
      'analysis/network_analysis.txt',
    ])
  })

  it.each([
    ['DHA-190', { call: { longerThanSeconds: 1 } }],
    ['DHA-192', { call: { longerThanMs: 1000 } }],
    ['DHA-194', { call: { activeLongerThanSeconds: 30 } }],
  ])('%s holds its limit', (id, limit) => {
    expect(covering(steps, id)).toMatchObject(limit)
    expect(requirements('threshold').find((row) => row.id === id)?.detail).toMatch(/\b(1|1000|30)\b/)
  })

  test.each(requirements('report'))('$id $title', ({ id, detail }) => {
    const report = covering(pack.reports, id)
    const said = [...report.lines, ...report.sections].join('; ').replaceAll(/[():]/g, '')
    const quoted = [...detail.matchAll(/"([^"]*)"/g)].map(([, text = '']) => text)
    const printed = quoted.map((text) =>
      text
        .replace('<name>', '${SERVICE_NAME}')
        .replace('<type>', id === 'DHA-160' ? '${RECOVERY_TYPE}' : '${OPTIMIZATION_TYPE}')
        .replace('<analysis folder>', `${folder}/analysis`)
        .replaceAll(/[():]/g, ''),
    )
    for (const text of printed) expect(said).toContain(text)
    const [, sections = ''] = /sections: (.*)$/.exec(detail) ?? []
    for (const section of sections.split(', ')) expect(said).toContain(section.replaceAll(/[():]/g, ''))
  })
})
