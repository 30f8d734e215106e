import { describe, expect, it, test } from 'vitest'
import { borrowedDifference } from '../../../shared/packs/borrowed-severities.ts'
import { signs } from '../../../shared/findings/signs.ts'
import type { Step } from '../../../shared/packs/step.ts'
import { stepsIn, stepsOf } from '../../../shared/packs/steps-of.ts'
import { claimProblems, covering, inOneLine, lostWords, requirementsOf, shippedPack } from './requirements.ts'

const pack = shippedPack('xorb-operations')
const steps: Step[] = stepsOf(pack).map(({ step }) => step)
const rows = (kind?: string) => requirementsOf('XOP-', kind)

it('covers every requirement of the runbook once, by an item of a kind that may', () => {
  expect(claimProblems(pack, 'XOP-')).toEqual([])
})

it('borrows the severities of XORB incident response as they are, and its questions', () => {
  const lender = shippedPack('xorb-incident')
  expect(pack.severitiesOf).toBe('xorb-incident')
  expect(borrowedDifference(pack, lender)).toBeNull()
  expect(pack.triage).toEqual(lender.triage)
})

it('speaks of signs that findings can carry', () => {
  expect(signs).toEqual(expect.arrayContaining(pack.scenarios.flatMap((scenario) => scenario.signs)))
})

describe('what it says of itself', () => {
  it('names its source, its badges, what it covers and what it is for', () => {
    const [identity, coverage, closing] = rows('pack-meta')
    expect(identity?.detail.split(';')[0]).toBe(pack.source.document)
    const badges = pack.about.filter(({ covers }) => covers.length === 0)
    expect(identity?.detail.split('badges: ')[1]).toBe(badges.map(({ title, text }) => `${title} = ${text}`).join(', '))
    expect(lostWords(coverage?.detail ?? '', covering(pack.about, 'XOP-002').text ?? '')).toEqual([])
    const words = (closing?.detail ?? '').replace('runbook consolidates', '')
    expect(lostWords(words, covering(pack.about, 'XOP-150').text ?? '')).toEqual([])
  })

  test.each(rows('principle'))('$id $title', ({ id, title, detail }) => {
    const principle = covering(pack.principles, id)
    expect(principle.title).toBe(title)
    const text = (principle.text ?? '').replace('continuously', 'continuous').replace('heal itself', 'self-healing')
    const fact = detail.replace('monitoring', 'monitored').replace('maintenance', 'maintained')
    expect(lostWords(fact, text)).toEqual([])
  })
})

describe('limits', () => {
  /** What breaks each goal or raises each alert, and in which unit the runbook's number is. */
  const units = { '%': 'percent', ms: 'milliseconds', s: 'seconds', minutes: 'minutes', days: 'days' } as const

  test.each(rows('threshold'))('$id $title', ({ id, title, detail }) => {
    const threshold = covering(pack.thresholds, id)
    const stated = `${title}; ${detail}`
    const [, number = '', unit = ''] = /(\d+(?:\.\d+)?) ?(%|ms|s\b|minutes|days)?/.exec(stated) ?? []
    const isFloor = /uptime/i.test(title) || unit === 'days'
    expect(isFloor ? threshold.below : threshold.above).toBe(Number(number))
    expect(isFloor ? threshold.above : threshold.below).toBeUndefined()
    expect(threshold.unit).toBe(Object.hasOwn(units, unit) ? units[unit as keyof typeof units] : 'count')
    expect(threshold.severity).toBeNull()
    expect(lostWords(title.replace(/ > .*/, ''), threshold.title)).toEqual([])
    const report = /report "(.*)"/.exec(detail)?.[1]
    if (report !== undefined) expect(threshold.note).toContain(report)
  })

  test.each(rows('alert-rule'))('$id $title', ({ id, title, detail }) => {
    const alert = covering(pack.alerts, id)
    expect(alert.title).toBe(title)
    const numbers = detail.match(/\d+%?/g) ?? []
    for (const number of numbers) expect(alert.rule).toContain(number)
    expect(alert.thresholds).toEqual({ 'XOP-143': ['certificate-expiry'], 'XOP-145': ['cpu', 'memory'] }[id] ?? [])
  })
})

describe('routines', () => {
  const everyOf = (detail: string) => {
    if (detail.includes('every 5 minutes')) return { count: 5, unit: 'minute' }
    return { count: 1, unit: detail.includes('weekly') ? 'week' : 'day' }
  }

  test.each(rows('schedule'))('$id $title', ({ id, detail }) => {
    expect(covering(pack.routines, id).every).toEqual(everyOf(detail))
  })

  it('have no interval where the runbook states none', () => {
    const stated = rows('schedule').map(({ id }) => covering(pack.routines, id).id)
    const others = pack.routines.filter(({ id }) => !stated.includes(id))
    expect(others.map(({ every }) => every)).toEqual(others.map(() => null))
    expect(stated).toEqual([
      'primary-health-checks',
      'certificate-health',
      'certificate-expiry',
      'database-backup',
      'weekly-maintenance',
    ])
  })

  it('run what their interval is stated for, and no more', () => {
    const covered = (id: string) => stepsIn(covering(pack.routines, id).stages).flatMap(({ covers }) => covers)
    expect(covered('XOP-009')).toEqual(['XOP-010', 'XOP-011'])
    expect(covered('XOP-027')).toEqual(['XOP-028', 'XOP-029'])
    expect(covered('XOP-030')).toEqual(['XOP-031', 'XOP-032'])
    expect(covered('XOP-095')).toEqual(['XOP-096', 'XOP-097', 'XOP-098'])
    expect(covered('XOP-117')).toEqual(['XOP-118'])
  })

  it('stand under the headings of the runbook, in its order', () => {
    expect([...new Set(pack.routines.map(({ group }) => group))]).toEqual([
      'Daily Operations',
      'Security Operations',
      'Monitoring Operations',
      'PTaaS Operations',
      'Backup and Recovery',
      'Capacity Planning',
      'Maintenance Operations',
      'Compliance Operations',
    ])
    const covered = pack.routines.flatMap(({ stages }) => stepsIn(stages).flatMap(({ covers }) => covers))
    expect(covered).toEqual(covered.toSorted())
  })
})

describe('scenarios', () => {
  test.each(rows('scenario'))('$id $title', ({ id, title, detail }) => {
    const scenario = covering(pack.scenarios, id)
    expect(scenario.title).toBe(title)
    const symptom = /symptom: ([^;]+)/.exec(detail)?.[1]
    expect(scenario.symptoms.map(({ text }) => text.toLowerCase())).toEqual(
      symptom === undefined ? [] : [symptom.toLowerCase()],
    )
    const covered = stepsIn(scenario.stages).flatMap(({ covers }) => covers)
    expect(covered).toEqual(covered.toSorted())
    const seconds = /wait (\d+) s/.exec(detail)?.[1]
    if (seconds === undefined) return
    const done = stepsIn(scenario.stages).map((step) => (step.type === 'wait' ? step.seconds : step.type))
    expect(done).toEqual(['action', Number(seconds), 'probe'])
    expect(scenario.stages.map(({ purpose }) => purpose)).toEqual(['mitigate', 'verify'])
  })

  test.each(rows('wait'))('$id $title', ({ id, title, detail }) => {
    const step = covering(steps, id)
    expect(step).toMatchObject({ type: 'wait', title, seconds: Number(/\d+/.exec(title)?.[0]) })
    expect(detail.startsWith('command' in step ? (step.command ?? '?') : '?')).toBe(true)
  })

  it('keep evidence before a lockdown and before certificates are replaced', () => {
    const first = (id: string) => {
      const step = covering(steps, id)
      return step.type === 'local-command' && step.effect.does === 'changes' ? step.effect.evidenceFirst : null
    }
    expect(first('XOP-079')).toEqual(['processes', 'sockets', 'logs'])
    expect(first('XOP-081')).toEqual(['certificates', 'logs'])
  })
})

describe('steps that look', () => {
  const http = (target: string, path: string, rest: object = {}) => ({
    kind: 'http-get',
    method: 'GET',
    target,
    path,
    ...rest,
  })
  const scan = (file: string, pattern: string, rest: object = {}) => ({
    kind: 'log-scan',
    files: [`logs/${file}.log`],
    pattern,
    last: null,
    follow: false,
    ...rest,
  })
  const follow = (service: string) => ({ kind: 'compose-logs', services: [service], tail: 100, follow: true })
  const query = (text: string) => ({
    kind: 'prometheus-query',
    target: 'prometheus',
    query: text,
    json: '.data.result',
  })
  const processes = (sortBy: string, limit: number | null, match: string | null = null) => ({
    kind: 'host-processes',
    sortBy,
    limit,
    match,
  })
  const pem = 'secrets/tls/**/*.pem'
  const stats = { kind: 'container-stats', containers: [] }
  const typed: Record<string, object> = {
    'XOP-010': http('api', '/api/v1/health'),
    'XOP-011': http('api', '/api/v1/readiness'),
    'XOP-012': { kind: 'compose-list', file: null, services: [] },
    'XOP-013': { kind: 'redis-ping', target: 'redis' },
    'XOP-014': { kind: 'postgres-ready', target: 'database' },
    'XOP-017': stats,
    'XOP-018': { kind: 'host-disk', path: null },
    'XOP-019': { kind: 'host-memory' },
    'XOP-020': processes('cpu', 20),
    'XOP-021': scan('xorb-api', '(ERROR|WARN|CRITICAL)', { follow: true }),
    'XOP-022': scan('orchestrator', '(FAILED|ERROR)', { follow: true }),
    'XOP-023': scan('audit', '(SECURITY|VIOLATION)', { follow: true }),
    'XOP-024': follow('api'),
    'XOP-025': follow('orchestrator'),
    'XOP-026': follow('redis'),
    'XOP-031': { kind: 'file-list', files: pem },
    'XOP-032': { kind: 'certificate-expiry', files: pem },
    'XOP-034': scan('audit', '(FAILED_LOGIN|UNAUTHORIZED|SECURITY_VIOLATION)'),
    'XOP-035': scan('security', '(RATE_LIMIT_EXCEEDED|SUSPICIOUS_ACTIVITY)'),
    'XOP-036': http('api', '/api/v1/ptaas/health', { json: '.scanner_status' }),
    'XOP-038': {
      kind: 'tls-handshake',
      target: 'api-tls',
      clientCertificate: 'secrets/tls/api-client/cert.pem',
      clientKey: 'secrets/tls/api-client/key.pem',
      authority: 'secrets/tls/ca/ca.pem',
    },
    'XOP-039': http('api', '/api/v1/protected/endpoint', {
      headers: [{ name: 'Authorization', value: 'Bearer invalid_token' }],
    }),
    'XOP-040': query('up'),
    'XOP-041': query('http_requests_total'),
    'XOP-042': query('ptaas_scans_active'),
    'XOP-043': { kind: 'prometheus-rules', target: 'prometheus', json: '.data.groups[].rules[].alerts' },
    'XOP-044': http('grafana', '/api/health'),
    'XOP-045': http('grafana', '/api/datasources/proxy/1/api/v1/query?query=up'),
    'XOP-047': { kind: 'postgres-version', target: 'database' },
    'XOP-048': {
      kind: 'postgres-database-statistics',
      target: 'database',
      columns: ['datname', 'tup_returned', 'tup_fetched'],
    },
    'XOP-049': { kind: 'redis-info', target: 'redis', section: 'replication' },
    'XOP-050': { kind: 'redis-info', target: 'redis', section: 'memory' },
    'XOP-051': { kind: 'redis-info', target: 'redis', section: 'stats' },
    'XOP-055': http('api', '/api/v1/ptaas/scanners/status', { json: '.' }),
    'XOP-056': http('api', '/api/v1/ptaas/sessions/active', { json: '.count' }),
    'XOP-057': http('api', '/api/v1/ptaas/queue/status', { json: '.' }),
    'XOP-058': http('api', '/api/v1/ptaas/metrics', { json: '.scan_times' }),
    'XOP-059': http('api', '/api/v1/ptaas/sessions?status=failed', { json: '.' }),
    'XOP-060': http('temporal', '/api/v1/namespaces/default/workflows'),
    'XOP-061': { kind: 'temporal-workflows', target: 'temporal', namespace: 'default' },
    'XOP-062': { kind: 'temporal-workflow', target: 'temporal', workflow: '${workflow_id}', history: false },
    'XOP-063': { kind: 'temporal-workflow', workflow: '${workflow_id}', run: '${run_id}', history: true },
    'XOP-069': http('api', '/api/v1/health'),
    'XOP-073': { kind: 'postgres-ready', target: 'database' },
    'XOP-077': { kind: 'redis-ping', target: 'redis' },
    'XOP-084': scan('audit', '(RATE_LIMIT|UNAUTHORIZED|FAILED_AUTH)', { last: 100 }),
    'XOP-085': scan('security', 'suspicious|malicious|attack', { last: 50 }),
    'XOP-087': processes('pid', null, 'uvicorn|python'),
    'XOP-088': processes('cpu', null, 'uvicorn|python'),
    'XOP-089': { kind: 'container-stats', containers: ['api', 'orchestrator'] },
    'XOP-091': processes('memory', 10),
    'XOP-092': stats,
    'XOP-094': {
      kind: 'postgres-slow-queries',
      target: 'database',
      longerThanMs: null,
      columns: ['query', 'mean_exec_time'],
      limit: 10,
    },
    'XOP-098': { kind: 'file-head', file: '${dump}.gz', lines: 50 },
    'XOP-105': { kind: 'archive-list', file: 'config_backup_${today}.tar.gz' },
    'XOP-106': { kind: 'archive-list', file: 'cert_backup_${today}.tar.gz' },
    'XOP-107': { kind: 'host-cpu', samples: 60, everySeconds: 1 },
    'XOP-108': { kind: 'host-memory' },
    'XOP-109': { kind: 'host-memory' },
    'XOP-110': { kind: 'host-disk', path: null },
    'XOP-111': { kind: 'folder-size', path: '/var/lib/docker/' },
    'XOP-112': { kind: 'folder-size', path: 'logs/' },
    'XOP-113': {
      kind: 'prometheus-query',
      query: 'avg_over_time(http_request_duration_seconds[5m])',
      json: '.data.result[0].value[1]',
    },
    'XOP-115': http('api', '/api/v1/metrics', { json: '.active_connections' }),
    'XOP-132': scan('audit', '(LOGIN|LOGOUT|ACCESS_GRANTED|ACCESS_DENIED)', { fields: [1, 2, 5, 6], count: true }),
  }
  const programs = ['make', 'script', 'cli-tool']
  const isProgram = ({ id, target }: { id: string; target: string }) => programs.includes(target) || id === 'XOP-125'

  test.each(rows('probe').filter((row) => !isProgram(row)))('$id $title', ({ id, detail }) => {
    const step = covering(steps, id)
    if (step.type !== 'probe') throw new Error(`${id} is no probe`)
    expect(step.call).toMatchObject(typed[id] ?? { kind: 'untyped' })
    const url = /GET (http:\/\/\S+?)(?:[;\s]|$)/.exec(detail)?.[1]
    if (url !== undefined) expect(inOneLine(step.command)).toContain(url)
    const json = /JSON (\S+)/.exec(detail)?.[1]
    if (json !== undefined) expect(step.command).toContain(`'${json}'`)
    const report = /report "([^"<]+)"/.exec(detail)?.[1]
    if (report !== undefined && step.expect !== undefined) expect(step.expect.bad).toBe(report)
  })

  test.each(rows('probe').filter(isProgram))('$id $title', ({ id, detail }) => {
    const step = covering(steps, id)
    if (step.type !== 'local-command' || !('argv' in step.run)) throw new Error(`${id} is no program`)
    expect(step.effect.does).toBe('reads')
    const typedBy = detail.replace(/;.*| \(.*/, '').split(' ')
    const pass = id === 'XOP-133' ? ['-pass', 'stdin'] : []
    expect(step.run.argv).toEqual([...typedBy, ...pass])
    const report = /report "([^"]+)"/.exec(detail)?.[1]
    expect(step.expect?.bad).toBe(report)
  })

  it('say what a good answer is', () => {
    expect(covering(steps, 'XOP-039')).toMatchObject({ expect: { status: [401], good: '401 Unauthorized' } })
    expect(covering(steps, 'XOP-113')).toMatchObject({
      expect: { below: 0.5, bad: 'Performance degradation detected - consider scaling' },
    })
    expect(covering(steps, 'XOP-115')).toMatchObject({
      expect: { below: 801, bad: 'High connection count - consider horizontal scaling' },
    })
    expect(covering(steps, 'XOP-133')).toMatchObject({ expectExit: [0], stdin: { secret: 'DATA_PASSPHRASE' } })
  })

  it('keep checksum and signature of the audit log where the runbook writes them', () => {
    expect(covering(steps, 'XOP-128')).toMatchObject({
      take: { from: 'program', run: { argv: ['sha256sum', 'logs/audit.log'] }, into: 'logs/audit.log.sha256' },
    })
    expect(covering(steps, 'XOP-129')).toMatchObject({
      take: {
        run: { argv: ['gpg', '--sign', '--output', '-', 'logs/audit.log.sha256'] },
        into: 'logs/audit.log.sha256.gpg',
      },
    })
  })
})

describe('steps that change', () => {
  const restart = (service: string) => ({ kind: 'compose-restart', services: [service] })
  const recovery = { target: 'database', database: 'xorb_recovery' }
  const typed: Record<string, object> = {
    'XOP-046': {
      kind: 'http-send',
      method: 'POST',
      target: 'grafana',
      path: '/api/annotations',
      headers: [{ name: 'Content-Type', value: 'application/json' }],
      body: '{"text":"Test annotation","tags":["test"]}',
    },
    'XOP-067': restart('api'),
    'XOP-071': restart('postgres'),
    'XOP-075': restart('redis'),
    'XOP-096': { kind: 'postgres-dump', target: 'database', database: 'xorb', file: 'backup_${today}.sql' },
    'XOP-100': { kind: 'postgres-drop-database', ...recovery },
    'XOP-101': { kind: 'postgres-create-database', ...recovery },
    'XOP-102': { kind: 'postgres-load', ...recovery, file: 'backup_${today}.sql.gz' },
    'XOP-119': { kind: 'postgres-maintain', target: 'database', what: 'vacuum-analyze', table: null },
    'XOP-120': { kind: 'postgres-maintain', target: 'database', what: 'reindex', table: null },
    'XOP-122': { kind: 'compose-pull', services: [] },
    'XOP-123': { kind: 'compose-start', services: [], recreate: true },
  }
  /** Programs that are started otherwise than the runbook writes them. */
  const started: Record<string, string[]> = {
    'XOP-097': ['gzip', '${dump}'],
    'XOP-103': ['tar', '-czf', 'config_backup_${today}.tar.gz', 'infra/', 'config/', '--files-from=-'],
    'XOP-104': ['tar', '-czf', 'cert_backup_${today}.tar.gz', 'secrets/tls/'],
    'XOP-126': ['git', 'checkout', 'FETCH_HEAD', '--', 'policies/'],
  }

  test.each(rows('action'))('$id $title', ({ id, detail }) => {
    const step = covering(steps, id)
    if (Object.hasOwn(typed, id)) {
      if (step.type !== 'action') throw new Error(`${id} is no action`)
      expect(step.call).toMatchObject(typed[id] ?? {})
      return
    }
    if (step.type !== 'local-command' || !('argv' in step.run)) throw new Error(`${id} is no program`)
    const stated = detail
      .replace(/;.*| \(.*/, '')
      .replace('<user_id>', '${user_id}')
      .split(' ')
    expect(step.run.argv).toEqual(started[id] ?? stated)
    expect(step).toMatchObject({ place: 'host', effect: { does: 'changes' } })
  })

  it('fill in what a shell would have, from the step before', () => {
    expect(covering(steps, 'XOP-096').output).toBe('dump')
    expect(covering(steps, 'XOP-103')).toMatchObject({ stdin: { output: 'configuration-files' } })
    expect(steps.find(({ output }) => output === 'configuration-files')).toMatchObject({
      run: { argv: ['find', '.', '-maxdepth', '1', '(', '-name', 'docker-compose*.yml', '-o', '-name', '.env*', ')'] },
      effect: { does: 'reads' },
    })
  })

  test.each([
    ['XOP-100', 'destroys'],
    ['XOP-135', 'destroys'],
    ['XOP-079', 'high'],
    ['XOP-081', 'high'],
    ['XOP-123', 'high'],
  ])('%s may cost: %s', (id, risk) => {
    const step = covering(steps, id)
    const effect = step.type === 'action' ? step : step.type === 'local-command' ? step.effect : {}
    expect(effect).toMatchObject({ risk })
    expect(step.warning).toMatch(/\.$/m)
  })

  test.each([
    ['XOP-103', /\.env/],
    ['XOP-104', /private keys/],
    ['XOP-121', /evidence/],
    ['XOP-125', /root on the host/],
    ['XOP-015', /load/],
  ])('%s warns of what the runbook does not say', (id, warning) => {
    expect(covering(steps, id).warning).toMatch(warning)
  })
})

/** How the list of requirements puts what the command spells otherwise. */
const putOtherwise = [
  'YYYYMMDD',
  'GET',
  'for each file',
  'line',
  'with header',
  'per certificate',
  'certificate',
  'take',
  'client',
  'columns',
  '<pids from pgrep>',
]

test.each([...rows('probe'), ...rows('action'), ...rows('evidence')])('$id shows its command', ({ id, detail }) => {
  const step = covering(steps, id)
  const command = 'command' in step ? (step.command ?? '') : ''
  expect(command).not.toBe('')
  const stated = detail.replace(/ \(.*|;.*/, '').replaceAll(new RegExp(putOtherwise.join('|'), 'g'), ' ')
  expect(lostWords(stated, command)).toEqual([])
})

describe('what is asked for', () => {
  test.each(rows('parameter'))('$id $title', ({ id, title }) => {
    expect(covering(pack.parameters, id)).toMatchObject({ id: title, secret: false })
  })

  it('speaks with the servers that the runbook names', () => {
    expect(pack.targets.map(({ kind, address, user, within }) => [kind, address, user, within])).toEqual([
      ['http', 'http://localhost:8000', undefined, undefined],
      ['tls', 'api:8443', undefined, undefined],
      ['postgres', 'localhost:5432', 'xorb_user', 'xorb'],
      ['redis', 'localhost:6379', undefined, undefined],
      ['prometheus', 'http://localhost:9092', undefined, undefined],
      ['grafana', 'http://localhost:3010', undefined, undefined],
      ['temporal', 'http://localhost:8233', undefined, undefined],
    ])
    expect(new Set(pack.targets.map(({ place }) => place))).toEqual(new Set(['host']))
  })
})
