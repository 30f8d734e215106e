import { describe, expect, it, test } from 'vitest'
import { signs } from '../../../shared/findings/signs.ts'
import type { Step } from '../../../shared/packs/step.ts'
import { stepsIn, stepsOf } from '../../../shared/packs/steps-of.ts'
import { claimProblems, covering, inOneLine, lostWords, requirementsOf, shippedPack } from './requirements.ts'

const pack = shippedPack('aureus')
const steps: Step[] = stepsOf(pack).map(({ step }) => step)
const requirements = (kind?: string) => requirementsOf('AUR-', kind)
const ids = (kind: string) => requirements(kind).map(({ id }) => id)
const titleOf = (role: string) => pack.roles.find(({ id }) => id === role)?.title

it('covers each requirement of the runbook once, by an item of its kind, and claims no other', () => {
  expect(requirements()).toHaveLength(190)
  expect(claimProblems(pack, 'AUR-')).toEqual([])
})

it('names its source as the runbook does', () => {
  const [identity, audience, updated] = requirements('pack-meta').map(({ detail }) => detail)
  expect(`${pack.scope} – ${pack.source.document}`).toBe(identity)
  expect(pack.about.map(({ text }) => text?.toLowerCase())).toEqual([audience?.toLowerCase()])
  expect(pack.source.updated).toBe(updated)
})

it('speaks of signs that findings can carry', () => {
  const spoken = [
    ...pack.scenarios.flatMap((scenario) => scenario.signs),
    ...pack.severities.flatMap(({ suggestedBy }) => suggestedBy.flat()),
  ]
  expect(signs).toEqual(expect.arrayContaining(spoken))
})

describe('severities', () => {
  test.each(requirements('severity').map((row, index) => ({ ...row, index })))('$id $title', (row) => {
    const severity = covering(pack.severities, row.id)
    const [, summary, count, unit, examples = ''] =
      /^(.*); response time (\d+) (minute|hour)s?; examples: (.*)$/.exec(row.detail) ?? []
    expect(severity).toMatchObject({
      rank: row.index + 1,
      summary: `${summary}.`,
      acknowledgeWithinMinutes: null,
      respondWithinMinutes: Number(count) * (unit === 'hour' ? 60 : 1),
    })
    expect(`${severity.code} - ${severity.name}`).toBe(row.title)
    expect(severity.examples.map((one) => one.toLowerCase())).toEqual(examples.toLowerCase().split(', '))
  })

  it('are reached by questions, P3 by none', () => {
    const reached = pack.triage.questions.map(({ yes }) => ('severity' in yes ? yes.severity : 'lower'))
    expect([...new Set(reached)]).toEqual(['p0', 'p1', 'p2'])
  })
})

describe('phases', () => {
  test.each(requirements('phase').map((row, index) => ({ ...row, index })))(
    '$id $title',
    ({ id, title, index, detail }) => {
      const phase = covering(pack.phases, id)
      const [, from = '', to, open, unit] = /(\d+)(?:-(\d+)|(\+)) (minutes|hours)/.exec(detail) ?? []
      const factor = unit === 'hours' ? 60 : 1
      expect(`${index + 1}. ${phase.title}`).toBe(title)
      expect(pack.phases.indexOf(phase)).toBe(index)
      expect(phase.window).toEqual({
        after: unit === 'hours' ? 'resolution' : 'detection',
        fromMinutes: Number(from) * factor,
        toMinutes: open === '+' ? null : Number(to) * factor,
      })
    },
  )

  test.each([...requirements('process-step'), ...requirements('checklist-item')])('$id $title', ({ id, title }) => {
    const step = covering(steps, id)
    if (step.type !== 'check') throw new Error(`${id} is no step to tick`)
    expect(lostWords(title, step.text)).toEqual([])
  })

  it('keeps the checklist in its order, with the deadline of the postmortem', () => {
    const listed = stepsIn(pack.phases.at(-1)?.stages ?? [])
    expect(listed.flatMap(({ covers }) => covers)).toEqual(ids('checklist-item'))
    expect(covering(steps, 'AUR-175')).toMatchObject({ detail: 'Within 48 hours for P0/P1.' })
  })

  it('does the work after the incident within 24 to 72 hours, and schedules the postmortem within 48', () => {
    for (const { id, title } of requirements('post-incident')) {
      const item = covering(pack.postIncident, id)
      expect(lostWords(title, item.text)).toEqual([])
      expect(item).toMatchObject({ fromHours: 24, withinHours: 72, severities: [] })
    }
    expect(pack.postMortem).toMatchObject({
      dueWithinHours: 48,
      due: 'scheduled',
      dueSeverities: ['p0', 'p1'],
      covers: ['AUR-181'],
    })
  })
})

describe('people', () => {
  test.each(requirements('incident-type'))('$id $title', ({ id, title }) => {
    const type = covering(pack.incidentTypes, id)
    expect(`${type.title} (${type.severities.map((one) => one.toUpperCase()).join('/')})`).toBe(title)
  })

  const edges = requirements('escalation').filter(({ detail }) => !detail.startsWith('none'))

  test.each(edges)('$id $title', ({ id, title, detail }) => {
    const edge = covering(pack.escalation, id)
    const [, from = '', to = ''] = /^(.*) → (.*?);/.exec(detail) ?? []
    const [, type, level] = /^(.*) \(.*\): (.*)$/.exec(title) ?? []
    expect(edge.from === null ? 'incident' : titleOf(edge.from.role)).toBe(from)
    expect(edge.to.roles.map(titleOf).join(' + ')).toBe(to)
    expect(edge.level).toBe(level)
    const types = edge.when.incidentTypes?.map((one) => pack.incidentTypes.find((type) => type.id === one)?.title)
    expect(types).toEqual([type])
    expect(edge.when.unanswered).toBe(edge.from === null ? undefined : true)
    expect(edge.last).toBe(level === 'executive' || id === 'AUR-139')
  })

  it('has no executive for a performance degradation', () => {
    expect(covering(pack.escalation, 'AUR-140')).toBe(covering(pack.escalation, 'AUR-139'))
    expect(pack.escalation.filter(({ level }) => level === 'executive')).toHaveLength(4)
    expect(pack.escalation).toHaveLength(edges.length)
  })

  test.each(requirements('contact'))('$id $title', ({ id, title, detail }) => {
    const contact = covering(pack.contacts, id)
    expect(titleOf(contact.role)).toBe(title)
    const said = `${contact.trigger} ${contact.responsibility} address not given`
    expect(lostWords(detail.replace('co-approver', 'approver'), said.replace('approvers', 'approver'))).toEqual([])
    expect(contact.addresses).toEqual([])
  })

  it('knows the incident commander', () => {
    expect(covering(pack.roles, 'AUR-151').title).toBe(requirements('role')[0]?.title)
  })

  test.each(requirements('contact-method'))('$id $title', ({ id, title, detail }) => {
    const method = covering(pack.contactMethods, id)
    expect(method.title.startsWith(title)).toBe(true)
    const [, channel] = /(#.*)$/.exec(title) ?? []
    expect(method.address).toBe(channel)
    const means = { 'AUR-152': 'chat', 'AUR-153': 'chat', 'AUR-154': 'pager', 'AUR-155': 'phone' }[id]
    expect(method).toMatchObject({ means, order: null })
    if (id === 'AUR-155') expect(lostWords(detail.replace('use', ''), method.title)).toEqual([])
  })

  test.each(requirements('notification'))('$id $title', ({ id, title, detail }) => {
    const notification = covering(pack.notifications, id)
    expect(lostWords(title, notification.title)).toEqual([])
    expect(notification.severities).toEqual(detail === 'condition: P0/P1' ? ['p0', 'p1'] : [])
    expect(notification.withinMinutes).toBe(pack.phases[1]?.window?.toMinutes)
    expect(notification.channel).toBe(/#\S+/.exec(detail)?.[0])
  })
})

describe('approvals', () => {
  it('wants two yeses for the policy bypass, at P0 alone, for an hour, and escalates it', () => {
    const bypass = covering(pack.approvals, 'AUR-096')
    expect(bypass).toMatchObject({ severities: ['p0'], timeBoxMinutes: 60 })
    expect(bypass.roles.map((any) => any.map(titleOf))).toEqual([['Incident Commander'], ['Security Team']])
    expect(pack.escalation.find(({ id }) => id === bypass.escalation)?.when.incidentTypes).toEqual(['policy-failure'])
    const rules = Object.fromEntries(bypass.rules.flatMap(({ covers, text }) => covers.map((id) => [id, text])))
    expect(lostWords('only extreme P0 escalated immediately', rules['AUR-097'] ?? '')).toEqual([])
    expect(lostWords('approved by incident commander + security team (both)', rules['AUR-103'] ?? '')).toEqual([])
    expect(lostWords('documented with evidence pack', rules['AUR-104'] ?? '')).toEqual([])
    expect(lostWords('reverted within 1 hour', rules['AUR-105'] ?? '')).toEqual([])
    expect(lostWords('reviewed in postmortem', rules['AUR-106'] ?? '')).toEqual([])
  })

  test.each([
    ['AUR-065', true, 'AUR-064'],
    ['AUR-082', false, 'AUR-081'],
    ['AUR-115', false, 'AUR-114'],
    ['AUR-118', true, 'AUR-117'],
  ])('%s names nobody and no duration, and holds its step', (id, lastResort, step) => {
    const approval = covering(pack.approvals, id)
    expect(approval).toMatchObject({ roles: [], lastResort, timeBoxMinutes: null })
    expect(guardOf(step).approval).toBe(approval.id)
  })

  it('marks the options that the runbook calls a last resort, and no other', () => {
    const options = pack.scenarios.flatMap(({ stages }) => stages.flatMap((stage) => stage.options))
    const last = options.filter(({ lastResort }) => lastResort).flatMap(({ steps }) => steps[0]?.covers)
    expect(last).toEqual(['AUR-064', 'AUR-117'])
  })
})

describe('evidence', () => {
  const rules = (rule: string) => pack.evidenceRules.filter((one) => one.rule === rule)

  it('comes before every change, but for the way back and what a person does', () => {
    const changes = requirements('action').filter(({ id }) => id !== 'AUR-107' && id !== 'AUR-116')
    expect(changes).toHaveLength(15)
    expect(changes.filter(({ id }) => guardOf(id).evidenceFirst.length === 0)).toEqual([])
    expect(rules('before-change').map(({ covers, scenarios }) => [covers, scenarios])).toEqual([
      [['AUR-031'], []],
      [['AUR-055'], ['frontend-down']],
    ])
  })

  it('keeps the logs before the frontend is restarted, scaled or rolled back', () => {
    for (const id of ['AUR-049', 'AUR-050', 'AUR-051']) {
      expect(guardOf(id).evidenceFirst).toEqual(['keep-logs', 'keep-pods'])
    }
  })

  test.each(requirements('evidence-rule').filter(({ title }) => title.startsWith('Evidence pack item')))(
    '$id $title',
    ({ id, detail }) => {
      const rule = covering(rules('in-pack'), id)
      expect(lostWords(detail.replace('all incidents: ', ''), rule.title)).toEqual([])
      expect(rule.afterReview).toBe(id === 'AUR-161')
    },
  )

  test.each(requirements('evidence-rule').filter(({ title }) => /^Evidence (file|folder) ./.test(title)))(
    '$id $title',
    ({ id, title, detail }) => {
      const rule = covering(rules('file'), id)
      expect(rule.path?.replace('${stamp}', '[timestamp]')).toBe(title.replace(/^Evidence (file|folder) /, ''))
      expect(rule.afterReview).toBe(detail === 'added after postmortem')
    },
  )

  it('has its folder where the runbook wants it, and keeps it for 90 days', () => {
    const folder = requirements('evidence-rule').find(({ id }) => id === 'AUR-162')?.detail
    expect(pack.evidenceFolder?.replace('${incidentNumber}', '[INCIDENT-ID]')).toBe(folder)
    expect(covering(rules('file'), 'AUR-162').path).toBe(pack.evidenceFolder)
    expect(covering(rules('keep'), 'AUR-083').keepDays).toBe(90)
    expect(covering(rules('in-pack'), 'AUR-032').text).toBe("Document all actions in the incident's timeline.")
  })

  const taken: Record<string, [take: object, saveAs: string, command: string | undefined]> = {
    'AUR-053': [
      { from: 'probe', call: { kind: 'kube-logs', selector: 'component=frontend', allContainers: true, tail: null } },
      'incident-${stamp}-frontend-logs.txt',
      'kubectl logs -n aureus -l component=frontend --all-containers=true > /tmp/incident-$(date +%Y%m%d-%H%M%S)-frontend-logs.txt',
    ],
    'AUR-054': [
      { from: 'probe', call: { kind: 'kube-describe', resource: 'pods', selector: 'component=frontend' } },
      'incident-${stamp}-pod-status.txt',
      'kubectl describe pods -n aureus -l component=frontend > /tmp/incident-$(date +%Y%m%d-%H%M%S)-pod-status.txt',
    ],
    'AUR-087': [{ from: 'incident', part: 'pack' }, 'evidence-pack-${incidentNumber}.zip', undefined],
    'AUR-099': [
      {
        from: 'text',
        text: 'Policy bypass enabled at ${now} by ${INCIDENT_COMMANDER_NAME} for incident ${INCIDENT_ID}',
        file: '/app/evidence/emergency-bypass-${stamp}.log',
      },
      'emergency-bypass-${stamp}.log',
      'echo "Policy bypass enabled at $(date) by ${INCIDENT_COMMANDER_NAME} for incident ${INCIDENT_ID}" | kubectl exec -i -n aureus deployment/aureus-frontend -- tee /app/evidence/emergency-bypass-$(date +%Y%m%d-%H%M%S).log',
    ],
    'AUR-119': [
      {
        from: 'text',
        text: 'Rate limiting adjusted at ${now} - Incident ${INCIDENT_ID}',
        file: '/app/evidence/rate-limit-adjustment-${stamp}.log',
      },
      'rate-limit-adjustment-${stamp}.log',
      'echo "Rate limiting adjusted at $(date) - Incident ${INCIDENT_ID}" | kubectl exec -i -n aureus deployment/aureus-frontend -- tee /app/evidence/rate-limit-adjustment-$(date +%Y%m%d-%H%M%S).log',
    ],
  }

  test.each(requirements('evidence'))('$id $title', ({ id }) => {
    const step = covering(steps, id)
    if (step.type !== 'evidence') throw new Error(`${id} takes no evidence`)
    const [take, saveAs, command] = taken[id] ?? []
    expect(step.take).toMatchObject(take ?? {})
    expect([step.saveAs, step.command && inOneLine(step.command)]).toEqual([saveAs, command])
  })
})

it.each([
  ['AUR-009', { above: 50, unit: 'percent', severity: 'p1' }],
  ['AUR-010', { below: 50, unit: 'percent', severity: 'p2' }],
  ['AUR-067', { above: 10, unit: 'minutes' }],
  ['AUR-079', { above: 60, unit: 'days' }],
  ['AUR-084', { above: 90, unit: 'days' }],
])('holds the limit of %s', (id, limit) => {
  const threshold = covering(pack.thresholds, id)
  const { detail } = requirements('threshold').find((one) => one.id === id) ?? { detail: '' }
  expect(threshold).toMatchObject(limit)
  expect(detail).toContain(String(threshold.above ?? threshold.below))
})

describe('drills', () => {
  test.each([
    ['AUR-182', ['p0'], 'fire-drill', { count: 1, unit: 'month' }],
    ['AUR-183', ['p1'], 'tabletop', { count: 3, unit: 'month' }],
    ['AUR-184', ['p2', 'p3'], 'review', { count: 1, unit: 'year' }],
    ['AUR-185', [], 'record', null],
    ['AUR-186', [], 'record', null],
  ])('%s', (id, severities, form, every) => {
    const drill = covering(pack.drills, id)
    expect(drill).toMatchObject({ severities, form, every })
    expect(drill.title.startsWith(requirements('drill').find((one) => one.id === id)?.title ?? '?')).toBe(true)
  })

  it('reviews the runbook every quarter', () => {
    expect(covering(pack.routines, 'AUR-004').every).toEqual({ count: 3, unit: 'month' })
  })
})

describe('the first message', () => {
  const template = covering(pack.templates, 'AUR-022')

  it('is the one of the runbook', () => {
    const printed = template.lines.map(({ text }) =>
      text.replaceAll(/\$\{([^}]*)\}/g, (_, name) => {
        const field = template.fields.find(({ id }) => id === name)
        return `[${(field?.choices.length ?? 0) > 0 ? field?.choices.join('/') : field?.title}]`
      }),
    )
    expect(printed).toEqual([
      'INCIDENT DETECTED',
      'Severity: [P0/P1/P2/P3]',
      'Component: [frontend/backend/database/policy-engine]',
      'Impact: [Description of the impact]',
      'Started: [When it started]',
      'Incident Commander: @[Name of the incident commander]',
      'Status Page: [Link to the status page]',
    ])
  })

  test.each(requirements('template-field').map((row, index) => ({ ...row, index })))('$id $title', (row) => {
    const line = covering(template.lines, row.id)
    expect(template.lines.indexOf(line)).toBe(row.index + 1)
    expect(line.text.split(':')[0]).toBe(row.title)
  })

  it('fills itself from the incident where that is known', () => {
    const from = Object.fromEntries(template.fields.map(({ id, from }) => [id, from]))
    expect(from).toEqual({
      severity: 'severity',
      component: undefined,
      impact: 'impact',
      started: 'started-at',
      commander: 'commander',
      'status-page': undefined,
    })
  })
})

describe('scenarios', () => {
  test.each(requirements('scenario').map((row, index) => ({ ...row, index })))(
    '$id $title',
    ({ id, title, index, detail }) => {
      const scenario = covering(pack.scenarios, id)
      expect(`Scenario ${index + 1}: ${scenario.title}`).toBe(title)
      expect(`${scenario.symptoms.length} symptoms`).toBe(detail.split(';')[0])
      const options = scenario.stages.flatMap((stage) => stage.options)
      expect(options.map((option) => option.title.slice(0, 9))).toEqual(['Option A:', 'Option B:', 'Option C:'])
      const diagnosis = stepsIn(scenario.stages.filter(({ purpose }) => purpose === 'diagnose'))
      expect(`${diagnosis.length} diagnosis probes`).toBe(detail.split('; ')[1])
    },
  )

  test.each(requirements('symptom'))('$id $title', ({ id, title, detail }) => {
    const scenario = pack.scenarios[Number(/scenario (\d)/.exec(detail)?.[1]) - 1]
    expect(covering(scenario?.symptoms ?? [], id).text).toBe(title)
  })
})

describe('steps', () => {
  const cluster = { target: 'cluster' }
  const frontend = { ...cluster, workload: 'deployment/aureus-frontend' }
  const exec = 'kubectl exec -it -n aureus deployment/aureus-frontend --'
  const postgres = 'kubectl exec -it -n aureus -l component=postgres -- psql -U aureus -d aureus_metadata -c'
  const redis = 'kubectl exec -it -n aureus -l component=redis -- redis-cli -a $REDIS_PASSWORD'
  const deployment = 'deployment/aureus-frontend -n aureus'

  const calls: Record<string, [call: object, command: string]> = {
    'AUR-014': [{ kind: 'kube-list', ...cluster, resource: 'pods' }, 'kubectl get pods -n aureus'],
    'AUR-015': [
      { kind: 'kube-list', ...cluster, resource: 'events', sortBy: 'last-seen' },
      "kubectl get events -n aureus --sort-by='.lastTimestamp'",
    ],
    'AUR-016': [
      { kind: 'kube-logs', ...cluster, selector: 'app=aureus,component=frontend', tail: 100, pattern: null },
      'kubectl logs -n aureus -l app=aureus,component=frontend --tail=100',
    ],
    'AUR-017': [{ kind: 'http-get', target: 'platform', path: '/health' }, 'curl https://aureus.example.com/health'],
    'AUR-046': [
      { kind: 'kube-list', ...cluster, resource: 'pods', selector: 'component=frontend' },
      'kubectl get pods -n aureus -l component=frontend',
    ],
    'AUR-047': [
      { kind: 'kube-describe', ...cluster, resource: 'deployments', name: 'aureus-frontend' },
      'kubectl describe deployment aureus-frontend -n aureus',
    ],
    'AUR-048': [
      { kind: 'kube-logs', ...cluster, selector: 'component=frontend', tail: 200, pattern: null },
      'kubectl logs -n aureus -l component=frontend --tail=200',
    ],
    'AUR-049': [{ kind: 'kube-restart', ...frontend }, `kubectl rollout restart ${deployment}`],
    'AUR-050': [{ kind: 'kube-scale', ...frontend, replicas: 5 }, `kubectl scale ${deployment} --replicas=5`],
    'AUR-051': [{ kind: 'kube-undo', ...frontend }, `kubectl rollout undo ${deployment}`],
    'AUR-052': [{ kind: 'kube-rollout-status', ...frontend }, `kubectl rollout status ${deployment}`],
    'AUR-060': [
      { kind: 'kube-list', ...cluster, resource: 'pods', selector: 'component=postgres' },
      'kubectl get pods -n aureus -l component=postgres',
    ],
    'AUR-061': [
      { kind: 'postgres-ready', target: 'metadata-from-frontend' },
      `${exec} curl postgres://aureus-postgres:5432`,
    ],
    'AUR-062': [
      { kind: 'kube-logs', ...cluster, selector: 'component=postgres', tail: 100, pattern: null },
      'kubectl logs -n aureus -l component=postgres --tail=100',
    ],
    'AUR-063': [
      { kind: 'postgres-connections', target: 'metadata' },
      `${postgres} "SELECT count(*) FROM pg_stat_activity;"`,
    ],
    'AUR-064': [
      { kind: 'kube-restart', ...cluster, workload: 'statefulset/aureus-postgres' },
      'kubectl rollout restart statefulset/aureus-postgres -n aureus',
    ],
    'AUR-066': [
      { kind: 'postgres-end-connections', target: 'metadata', state: 'idle', longerThanMinutes: 10 },
      `${postgres} "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle' AND state_change < NOW() - INTERVAL '10 minutes';"`,
    ],
    'AUR-068': [{ kind: 'kube-scale', ...frontend, replicas: 1 }, `kubectl scale ${deployment} --replicas=1`],
    'AUR-070': [{ kind: 'kube-scale', ...frontend, replicas: 3 }, `kubectl scale ${deployment} --replicas=3`],
    'AUR-075': [{ kind: 'kube-list', ...cluster, resource: 'persistentvolumeclaims' }, 'kubectl get pvc -n aureus'],
    'AUR-080': [
      { kind: 'kube-resize-claim', ...cluster, claim: 'aureus-evidence-pvc', storage: '100Gi' },
      `kubectl patch pvc aureus-evidence-pvc -n aureus -p '{"spec":{"resources":{"requests":{"storage":"100Gi"}}}}'`,
    ],
    'AUR-092': [
      { kind: 'kube-list', ...cluster, resource: 'pods', selector: 'component=policy-engine' },
      'kubectl get pods -n aureus -l component=policy-engine',
    ],
    'AUR-093': [
      {
        kind: 'kube-logs',
        ...cluster,
        selector: 'component=frontend',
        tail: 100,
        pattern: 'policy',
        ignoreCase: true,
      },
      'kubectl logs -n aureus -l component=frontend --tail=100 | grep -i policy',
    ],
    'AUR-095': [
      {
        kind: 'kube-set-env',
        ...frontend,
        set: [
          { name: 'POLICY_BYPASS_MODE', value: 'true' },
          { name: 'POLICY_BYPASS_APPROVER', value: '${INCIDENT_COMMANDER_NAME}' },
        ],
        unset: [],
      },
      `kubectl set env ${deployment} POLICY_BYPASS_MODE=true POLICY_BYPASS_APPROVER="\${INCIDENT_COMMANDER_NAME}"`,
    ],
    'AUR-100': [{ kind: 'redis-flush', target: 'redis' }, `${redis} FLUSHDB`],
    'AUR-102': [{ kind: 'kube-restart', ...frontend }, `kubectl rollout restart ${deployment}`],
    'AUR-107': [
      { kind: 'kube-set-env', ...frontend, set: [], unset: ['POLICY_BYPASS_MODE', 'POLICY_BYPASS_APPROVER'] },
      `kubectl set env ${deployment} POLICY_BYPASS_MODE- POLICY_BYPASS_APPROVER-`,
    ],
    'AUR-112': [
      { kind: 'kube-logs', ...cluster, selector: 'component=frontend', tail: 500, pattern: 'rate.*limit' },
      'kubectl logs -n aureus -l component=frontend --tail=500 | grep "rate.*limit"',
    ],
    'AUR-113': [{ kind: 'redis-keys', target: 'redis', match: 'ratelimit:*' }, `${redis} KEYS "ratelimit:*"`],
    'AUR-114': [
      {
        kind: 'kube-set-env',
        ...frontend,
        set: [
          { name: 'RATE_LIMIT_QUERY', value: '20' },
          { name: 'RATE_LIMIT_DEPLOY', value: '10' },
        ],
        unset: [],
      },
      `kubectl set env ${deployment} RATE_LIMIT_QUERY=20 RATE_LIMIT_DEPLOY=10`,
    ],
    'AUR-117': [
      { kind: 'kube-set-env', ...frontend, set: [{ name: 'RATE_LIMITING_ENABLED', value: 'false' }], unset: [] },
      `kubectl set env ${deployment} RATE_LIMITING_ENABLED=false`,
    ],
  }

  const programs: Record<string, [place: string, run: object, command: string]> = {
    'AUR-076': ['frontend', { argv: ['df', '-h', '/app/evidence'] }, `${exec} df -h /app/evidence`],
    'AUR-077': ['frontend', { script: 'du -sh /app/evidence/* | sort -h' }, `${exec} du -sh /app/evidence/* | sort -h`],
    'AUR-078': [
      'repository',
      { argv: ['./scripts/evidence-export.sh', '--archive', '--older-than', '60d'] },
      './scripts/evidence-export.sh --archive --older-than 60d',
    ],
    'AUR-081': [
      'frontend',
      { argv: ['find', '/app/evidence', '-type', 'f', '-mtime', '+90', '-delete'] },
      `${exec} find /app/evidence -type f -mtime +90 -delete`,
    ],
    'AUR-094': [
      'frontend',
      {
        argv: [
          'curl',
          '-X',
          'POST',
          'http://localhost:5000/api/policy/evaluate',
          '-d',
          '{"action":"query","user":"test","dataset":"test"}',
        ],
      },
      `${exec} curl -X POST http://localhost:5000/api/policy/evaluate -d '{"action":"query","user":"test","dataset":"test"}'`,
    ],
  }

  const machine = [...requirements('probe'), ...requirements('action')].filter(({ id }) => id !== 'AUR-116')

  test.each(machine.filter(({ id }) => calls[id] !== undefined))('$id $title', ({ id, kind }) => {
    const step = covering(steps, id)
    if (step.type !== 'probe' && step.type !== 'action') throw new Error(`${id} calls nothing`)
    expect(step.type).toBe(kind)
    expect(step.call).toMatchObject(calls[id]?.[0] ?? {})
    expect(inOneLine(step.command)).toBe(calls[id]?.[1])
  })

  test.each(machine.filter(({ id }) => calls[id] === undefined))('$id $title', ({ id, mutates }) => {
    const step = covering(steps, id)
    if (step.type !== 'local-command') throw new Error(`${id} starts no program`)
    const [place, run, command] = programs[id] ?? []
    expect(step).toMatchObject({ place, run, effect: { does: mutates === 'yes' ? 'changes' : 'reads' } })
    expect(inOneLine(step.command)).toBe(command)
  })

  it('clears the limit of one user by hand, in the application', () => {
    expect(covering(steps, 'AUR-116')).toMatchObject({ type: 'manual', effect: 'changes' })
  })

  it('waits until the connections are stable, for as long as a person says', () => {
    expect(covering(steps, 'AUR-069')).toMatchObject({ type: 'wait', seconds: null })
    expect(guardOf('AUR-068').revertedBy).toBe(covering(steps, 'AUR-070').id)
  })

  it('takes the bypass back after an hour, and opens it at P0 alone', () => {
    expect(covering(steps, 'AUR-095')).toMatchObject({
      severities: ['p0'],
      approval: 'policy-bypass',
      timeBoxMinutes: 60,
      revertedBy: covering(steps, 'AUR-107').id,
    })
  })

  it.each([
    ['AUR-061', /does not speak postgres/],
    ['AUR-063', /knows no -l/],
    ['AUR-066', /knows no -l/],
    ['AUR-100', /knows no -l/],
    ['AUR-113', /knows no -l/],
    ['AUR-077', /shell/],
    ['AUR-112', /capitals/],
    ['AUR-053', /last 10 lines/],
  ])('says how the command of %s was read', (id, note) => {
    expect(covering(steps, id).note).toMatch(note)
  })

  it.each([
    ['AUR-051', /same image/],
    ['AUR-066', /every database/],
    ['AUR-081', /incidents that are still open/],
    ['AUR-095', /pods anew/],
    ['AUR-100', /ratelimit:\*/],
  ])('warns of what %s can do beside', (id, warning) => {
    expect(covering(steps, id).warning).toMatch(warning)
  })

  it.each(['AUR-064', 'AUR-081', 'AUR-100'])('knows that %s may destroy', (id) => {
    expect(guardOf(id).risk).toBe('destroys')
  })
})

describe('what it speaks with', () => {
  test.each(requirements('parameter'))('$id $title', ({ id, title, detail }) => {
    const parameter = covering(pack.parameters, id)
    expect([parameter.id, parameter.title]).toContain(title)
    expect(parameter.secret).toBe(detail.startsWith('secret'))
  })

  it('reaches the databases through their pods', () => {
    const targets = Object.fromEntries(pack.targets.map((target) => [target.id, target]))
    const places = Object.fromEntries(pack.places.map(({ id, form, named }) => [id, [form, named]]))
    expect(targets).toMatchObject({
      cluster: { kind: 'kubernetes', within: 'aureus' },
      platform: { kind: 'http', address: 'https://aureus.example.com' },
      metadata: { kind: 'postgres', place: 'postgres', within: 'aureus_metadata', user: 'aureus' },
      'metadata-from-frontend': { kind: 'postgres', place: 'frontend', address: 'aureus-postgres:5432' },
      redis: { kind: 'redis', place: 'redis', credential: 'REDIS_PASSWORD' },
    })
    expect(places).toMatchObject({
      frontend: ['pod', 'deployment/aureus-frontend'],
      postgres: ['pod', 'component=postgres'],
      redis: ['pod', 'component=redis'],
      repository: ['host', undefined],
    })
  })

  test.each(requirements('reference'))('$id $title', ({ id, title, detail }) => {
    expect(covering(pack.resources, id)).toMatchObject({ title, where: detail, kind: 'document' })
  })
})

/** How the change that covers `id` is held. */
function guardOf(id: string) {
  const step = covering(steps, id)
  if (step.type === 'action') return step
  if (step.type === 'local-command' && step.effect.does === 'changes') return step.effect
  throw new Error(`${id} changes nothing`)
}
