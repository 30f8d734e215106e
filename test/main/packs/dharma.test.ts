import { describe, expect, it, test } from 'vitest'
import { signs } from '../../../shared/findings/signs.ts'
import { stepsOf } from '../../../shared/packs/steps-of.ts'
import { claimProblems, covering, lostWords, requirementsOf, shippedPack } from './requirements.ts'

const pack = shippedPack('dharma')
const steps = stepsOf(pack).map(({ step }) => step)
const requirements = (kind: string) => requirementsOf('DHA-', kind).map((row, index) => ({ ...row, index }))
const roleTitle = (id: string) => pack.roles.find((role) => role.id === id)?.title
const codeOf = (id: string) => pack.severities.find((severity) => severity.id === id)?.code

it('covers each requirement of the runbook once, by an item of its kind, and claims no other', () => {
  expect(requirementsOf('DHA-')).toHaveLength(304)
  expect(claimProblems(pack, 'DHA-')).toEqual([])
})

it('names its source and aim as the runbook does', () => {
  const [identity = '', aim = ''] = requirements('pack-meta').map(({ detail }) => detail)
  const [first, second] = pack.about.map(({ text }) => text ?? '')
  expect(pack.scope).toBe('Project Dharma platform')
  expect(lostWords(identity, `${pack.title} ${pack.source.document} covers ${first}`)).toEqual([])
  expect(lostWords(aim, second ?? '')).toEqual([])
})

it('speaks of signs that findings can carry', () => {
  const spoken = [
    ...pack.scenarios.flatMap((scenario) => scenario.signs),
    ...pack.severities.flatMap(({ suggestedBy }) => suggestedBy.flat()),
  ]
  expect(signs).toEqual(expect.arrayContaining(spoken))
})

describe('severities', () => {
  test.each(requirements('severity'))('$id $title', ({ id, title, detail, index }) => {
    const severity = covering(pack.severities, id)
    const [, summary = '', impact = '', count, unit] =
      /^definition: (.*); impact: (.*); response time: .*?(\d+) (minute|hour)/.exec(detail) ?? []
    expect(`${severity.code} (${severity.name})`).toBe(title)
    expect(severity.rank).toBe(index + 1)
    expect(severity.respondWithinMinutes).toBe(Number(count) * (unit === 'hour' ? 60 : 1))
    expect(lostWords(summary, severity.summary)).toEqual([])
    expect(lostWords(impact, severity.impact ?? '')).toEqual([])
  })

  it('are reached by two questions or more each, the lowest by none', () => {
    const reached = pack.triage.questions.map(({ yes }) => ('severity' in yes ? codeOf(yes.severity) : 'lower'))
    expect(new Set(reached)).toEqual(new Set(['Severity 1', 'Severity 2', 'Severity 3']))
    for (const code of new Set(reached)) expect(reached.filter((one) => one === code).length).toBeGreaterThan(1)
  })
})

describe('incident types', () => {
  test.each(requirements('incident-type'))('$id $title', ({ id, title, detail }) => {
    const type = covering(pack.incidentTypes, id)
    const [, category] = /^category (.*)$/.exec(detail) ?? []
    expect(type.title).toBe(title.replace('Category: ', ''))
    expect(type.group).toBe(category)
    const inside = pack.incidentTypes.filter(({ group }) => group === type.title)
    expect(`${inside.length} types`).toBe(category === undefined ? detail : '0 types')
  })

  it('has a procedure for three of the four groups, and none for integrity of data', () => {
    const groupsOf = (types: readonly string[]) =>
      new Set(pack.incidentTypes.filter(({ id }) => types.includes(id)).map(({ title, group }) => group ?? title))
    expect(pack.scenarios.map(({ title, incidentTypes }) => [title, ...groupsOf(incidentTypes)])).toEqual([
      ['Security Incident Response', 'Security Incidents'],
      ['System Outage Response', 'System Outages'],
      ['Performance Issue Response', 'Performance Issues'],
    ])
  })
})

describe('the team', () => {
  test.each(requirements('role'))('$id $title', ({ id, title, detail }) => {
    const role = covering(pack.roles, id)
    const [, team, summary = '', when] = /^(core|extended) team; (.*?)(?:; (for .*))?$/.exec(detail) ?? []
    expect([role.title, role.team, role.when?.toLowerCase()]).toEqual([title, team, when])
    expect(`${role.summary?.toLowerCase()}`).toBe(`${summary.toLowerCase()}.`)
  })

  test.each(requirements('responsibility'))('$id $title', ({ id, title, detail }) => {
    const role = pack.roles.find(({ duties }) => duties.some(({ covers }) => covers.includes(id)))
    const duty = covering(role?.duties ?? [], id)
    const [, place, all] = /responsibility (\d)\/(\d)/.exec(detail) ?? []
    expect(detail.endsWith(` of ${role?.title}`)).toBe(true)
    expect([role?.duties.indexOf(duty), role?.duties.length]).toEqual([Number(place) - 1, Number(all)])
    expect(lostWords(title.split(': ')[1] ?? '', duty.text)).toEqual([])
  })

  test.each(requirements('on-call'))('$id $title', ({ id, title, detail }) => {
    const role = pack.roles.find(({ onCall }) => onCall.some(({ covers }) => covers.includes(id)))
    const shift = covering(role?.onCall ?? [], id)
    expect(title.startsWith(`${role?.title} on-call`)).toBe(true)
    const [, from, to] = /Severity (\d)-(\d)/.exec(detail) ?? []
    expect(shift.severities.map(codeOf)).toEqual(from === undefined ? [] : [`Severity ${from}`, `Severity ${to}`])
    const hours = { '24/7': 'always', busi: 'business', 'as n': 'as-needed' }[detail.slice(0, 4)]
    expect(shift.hours).toBe(hours)
    expect(shift.condition?.toLowerCase()).toBe(/(for security incidents)/.exec(detail)?.[1])
  })

  test.each(requirements('contact-method'))('$id $title', ({ id, title, detail, index }) => {
    const method = covering(pack.contactMethods, id)
    expect(lostWords(title, method.title)).toEqual([])
    expect(method.order).toBe(index + 1)
    expect(method.means).toBe(['phone', 'sms', 'email', 'in-person'][index])
    expect(lostWords(detail.replace('notification method', ''), method.when ?? '')).toEqual([])
  })

  test.each(requirements('notification'))('$id $title', ({ id, title, detail }) => {
    const notification = covering(pack.notifications, id)
    expect(`${notification.severities.map(codeOf).join()}: ${notification.roles.map(roleTitle).join()}`).toBe(
      title.replace('Commander', 'Commander (IC)'),
    )
    expect(notification.withinMinutes).toBe(Number(/within (\d+) minutes/.exec(detail)?.[1] ?? 0))
    expect(notification.condition?.toLowerCase()).toBe(/condition: if (.*)$/.exec(detail)?.[1])
    expect(notification.methods).toEqual(pack.contactMethods.map(({ id: method }) => method))
  })

  test.each(requirements('detection-source'))('$id $title', ({ id, title }) => {
    const source = covering(pack.detection, id)
    expect(source.title).toBe(title)
    expect(source.automated).toBe(title.startsWith('Automated') ? true : null)
  })
})

describe('escalation', () => {
  const bySeverity = requirements('escalation').filter(({ title }) => title.startsWith('Severity'))
  const byReason = requirements('escalation').filter(({ title }) => title.startsWith('Reason'))

  test.each(bySeverity)('$id $title', ({ id, detail }) => {
    const edge = covering(pack.escalation, id)
    const [, code = '', to = ''] = /is (Severity \d); escalate: (.*)$/.exec(detail) ?? []
    expect(edge.when).toEqual({ severities: [code.toLowerCase().replace(' ', '-')] })
    expect(lostWords(to, `automatic ${edge.to.roles.map(roleTitle).join(' ')}`)).toEqual([])
    expect(edge.to.roles).toHaveLength(to.split(' and ').length)
    expect(edge.from).toBeNull()
  })

  test.each(byReason)('$id $title', ({ id, title, detail }) => {
    const edge = covering(pack.escalation, id)
    expect(edge.to.roles.map(roleTitle)).toEqual(['Senior Management'])
    const hours = / > (\d) hours/.exec(detail)?.[1]
    const reason = title.replace('Reason: ', '')
    const when =
      hours !== undefined
        ? { unresolvedMinutes: Number(hours) * 60 }
        : reason === 'Severity 1 incident'
          ? { severities: ['severity-1'] }
          : { condition: reason }
    expect(edge.when).toEqual(when)
  })

  it('counts four hours as extended and has no other edges', () => {
    expect(covering(pack.escalation, 'DHA-244').when.unresolvedMinutes).toBe(240)
    expect(pack.escalation).toHaveLength(bySeverity.length + byReason.length)
  })
})

describe('phases and what is ticked', () => {
  test.each(requirements('phase'))('$id $title', ({ id, title, detail, index }) => {
    const phase = covering(pack.phases, id)
    const [, from, to, unit] =
      /window (\d+).*? ?- ?(\d+)(?: (minutes|hours))/.exec(detail.replace(' minutes -', '-')) ?? []
    expect([phase.title, pack.phases.indexOf(phase)]).toEqual([title, index])
    expect(phase.window).toEqual({
      after: 'detection',
      fromMinutes: Number(from),
      toMinutes: Number(to) * (unit === 'hours' ? 60 : 1),
    })
  })

  test.each(requirements('stage'))('$id $title', ({ id, title }) => {
    const list = [...pack.phases, ...pack.scenarios].find(({ stages }) =>
      stages.some(({ covers }) => covers.includes(id)),
    )
    const stage = covering(list?.stages ?? [], id)
    const [, place, name] = /step (\d): (.*)$/.exec(title) ?? []
    expect([stage.title, list?.stages.indexOf(stage)]).toEqual([name, Number(place) - 1])
  })

  test.each([...requirements('process-step'), ...requirements('assessment'), ...requirements('checklist-item')])(
    '$id $title',
    ({ id, title, detail }) => {
      const step = covering(steps, id)
      if (step.type !== 'check') throw new Error(`${id} is no step to tick`)
      expect(lostWords(title.replace('(if ', '('), `${step.text} ${step.when ?? ''}`)).toEqual([])
      const beside = stepsOf(pack).find((placed) => placed.step === step)?.beside ?? []
      const [, place, all] = /(\d+)(?:\/(\d+))?$/.exec(detail) ?? []
      expect(beside.indexOf(step) + 1).toBe(Number(place))
      expect(beside.length).toBe(Number(all ?? 4))
    },
  )
})

describe('templates', () => {
  const printed = (id: string) => {
    const template = covering(pack.templates, id)
    const filled = (text: string) =>
      text.replaceAll(/\$\{([^}]*)\}/g, (_, name) => {
        const field = template.fields.find((one) => one.id === name)
        return `[${(field?.choices.length ?? 0) > 0 ? field?.choices.join('/') : field?.title}]`
      })
    return [
      ...(template.subject === undefined ? [] : [filled(template.subject)]),
      ...template.lines.map(({ text }) => filled(text)),
    ]
  }

  it('has the four messages as the runbook prints them', () => {
    expect(printed('DHA-080')).toEqual([
      'Incident ID: [INC-YYYY-MMDD-XXXX]',
      'Reported Time: [Timestamp]',
      'Reporter: [Name or system]',
      'Initial Description: [Brief description]',
      'Affected Systems: [List of systems]',
      'Preliminary Severity: [1-4]',
    ])
    expect(printed('DHA-220')).toEqual([
      '[INCIDENT] [INC-YYYY-MMDD-XXXX] - [Severity] - [Brief description]',
      'Incident Details:',
      '- Incident ID: [INC-YYYY-MMDD-XXXX]',
      '- Severity: [1-4]',
      '- Status: [Investigating/Identified/Monitoring/Resolved]',
      '- Start Time: [Timestamp]',
      '- Affected Systems: [List of systems]',
      '- Impact: [Description]',
      '',
      'Current Actions:',
      '- [Action]',
      '',
      'Next Update: [Timestamp]',
      'Incident Commander: [Name]',
    ])
    expect(printed('DHA-232')).toEqual([
      '[ESCALATION] [INC-YYYY-MMDD-XXXX] - Requires Senior Management Attention',
      'Escalation Reason:',
      '- [Severity 1 incident/Extended duration (>4 hours)/Customer impact/Security implications/Media attention potential]',
      '',
      'Incident Summary:',
      '[Brief description of the incident]',
      '[Impact]',
      '',
      'Actions Taken:',
      '[Summary of response actions]',
      '',
      'Assistance Needed:',
      '[Specific help or decisions required]',
      '',
      'Contact: [Incident Commander details]',
    ])
    expect(printed('DHA-245').filter((line) => line !== '')).toEqual([
      'Service Status Update - Project Dharma Platform',
      'Dear Project Dharma Users,',
      'We are currently experiencing [Brief description of the issue] that may affect [Specific functionality].',
      'Impact:',
      '- [Specific impacts on user experience]',
      '- [Affected features or services]',
      '- [Estimated number of affected users]',
      'Actions:',
      '- Our technical team is actively working to resolve this issue',
      '- [Specific actions being taken]',
      '- [Workarounds available to users]',
      'Timeline:',
      '- Issue detected: [Timestamp]',
      '- Estimated resolution: [Timestamp or "investigating"]',
      'We will provide updates every [Frequency] until the issue is resolved.',
      'For questions, please contact: [Support contact information]',
      'Thank you for your patience.',
      'Project Dharma Operations Team',
    ])
  })

  it('has every line that the runbook asks for, in its order', () => {
    const asked = requirements('template-field').filter(({ title }) => title !== 'Subject')
    const lines = pack.templates.flatMap((template) => template.lines)
    expect(lines.flatMap(({ covers }) => covers)).toEqual(asked.map(({ id }) => id))
  })

  it('covers each subject by its own message', () => {
    const subjects = requirements('template-field').filter(({ title }) => title === 'Subject')
    expect(subjects.map(({ id }) => covering(pack.templates, id).id)).toEqual([
      'status-update',
      'escalation-notification',
      'customer-notification',
    ])
  })

  it('fills itself from the incident where that is known, and never speaks to customers in its words', () => {
    const from = (id: string) =>
      Object.fromEntries(covering(pack.templates, id).fields.map((field) => [field.id, field.from]))
    expect(from('DHA-220')).toEqual({
      number: 'number',
      severity: 'severity',
      rank: 'severity-rank',
      description: 'title',
      status: 'status',
      started: 'started-at',
      affected: 'affected',
      impact: 'impact',
      action: 'actions-taken',
      'next-update': 'next-update',
      commander: 'commander',
    })
    const known = covering(pack.templates, 'DHA-245').fields.filter((field) => field.from !== undefined)
    expect(known.map(({ id }) => id)).toEqual(['detected'])
  })

  it.each([
    ['DHA-231', 'status-update', 'update'],
    ['DHA-259', 'customer-notification', 'initial'],
  ])('%s states no interval', (id, template, after) => {
    expect(covering(pack.cadence, id)).toMatchObject({ template, after, updateWithinMinutes: null, severities: [] })
  })
})

describe('afterwards', () => {
  const agenda = pack.review?.agenda ?? []

  test.each(requirements('pir-agenda').filter(({ title }) => !title.includes(': ')))(
    '$id $title',
    ({ id, title, detail }) => {
      const item = covering(agenda, id)
      expect([item.title, `${item.minutes} minutes; ${item.points.length} points`]).toEqual([title, detail])
    },
  )

  test.each(requirements('pir-agenda').filter(({ title }) => title.includes(': ')))(
    '$id $title',
    ({ id, title, detail }) => {
      const item = agenda.find(({ points }) => points.some(({ covers }) => covers.includes(id)))
      const point = covering(item?.points ?? [], id)
      expect(`${item?.title}: ${point.text}`).toBe(title)
      expect(detail).toBe(`agenda point ${(item?.points.indexOf(point) ?? -1) + 1}/3 of ${item?.title}`)
    },
  )

  it('meets for an hour, with no deadline', () => {
    const [meeting] = requirements('post-incident')
    const minutes = agenda.reduce((sum, item) => sum + (item.minutes ?? 0), 0)
    expect(meeting?.detail).toContain(`agenda of ${agenda.length} items, ${minutes} minutes`)
    expect(covering(pack.postIncident, meeting?.id ?? '')).toMatchObject({ withinHours: null, severities: [] })
    expect(pack.postMortem.dueWithinHours).toBeNull()
  })

  test.each(requirements('pir-field'))('$id $title', ({ id, title, detail, index }) => {
    const section = pack.postMortem.sections.find(({ fields }) => fields.some(({ covers }) => covers.includes(id)))
    const field = covering(section?.fields ?? [], id)
    expect(field.title).toBe(title.replace(' table', ''))
    const said = `${section?.title} ${field.hint ?? ''} ${field.form} columns one row per event`
    expect(lostWords(detail, said)).toEqual([])
    expect(pack.postMortem.sections.flatMap(({ fields }) => fields).indexOf(field)).toBe(index)
  })

  it('has the sections of the report', () => {
    const { detail = '' } = requirements('template').find(({ id }) => id === 'DHA-291') ?? {}
    expect(detail).toContain(`"# ${pack.postMortem.title}"`)
    expect(detail).toContain(pack.postMortem.sections.map(({ title }) => title).join(', '))
  })
})
