import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Alert, readAlert } from '../../../shared/incident/alert.ts'

const nowMs = Date.parse('2026-11-21T02:20:00.000Z')

function read(text: string): Alert {
  const answer = readAlert(text, nowMs)
  if (!answer.ok) throw new Error(`${answer.refusal.tried}: ${answer.refusal.happened}`)
  return answer.alert
}

const alert = (change: object) => ({
  status: 'firing',
  labels: { alertname: 'TokenReplay', service: 'auth', severity: 'critical', instance: 'auth-1' },
  annotations: { summary: 'Session tokens are used from two countries' },
  startsAt: '2026-11-21T03:11:04.739266876+01:00',
  endsAt: '0001-01-01T00:00:00Z',
  generatorURL: 'https://prometheus.example.com/graph',
  fingerprint: '1a30ba71cca2921f',
  ...change,
})

/** As Alertmanager 0.28 sends it. */
const webhook = (change: object = {}) => ({
  version: '4',
  groupKey: '{}:{alertname="TokenReplay"}',
  truncatedAlerts: 0,
  status: 'firing',
  receiver: 'security',
  groupLabels: { alertname: 'TokenReplay' },
  commonLabels: { alertname: 'TokenReplay', service: 'auth', severity: 'critical' },
  commonAnnotations: { summary: 'Session tokens are used from two countries' },
  externalURL: 'https://alerts.example.com',
  alerts: [alert({})],
  ...change,
})

test("a notification of Alertmanager's webhook gives title, start, reporter and system", () => {
  expect(read(JSON.stringify(webhook()))).toMatchObject({
    mode: 'alertmanager',
    title: 'Session tokens are used from two countries',
    startedAt: '2026-11-21T02:11:04.739Z',
    reporter: 'Alertmanager at alerts.example.com, receiver security',
    labels: { alertname: 'TokenReplay', service: 'auth', severity: 'critical' },
    systems: ['auth'],
    firing: 1,
    resolved: 0,
    remarks: [],
    masked: 0,
  })
})

test('of several that fire the earliest start counts, and the title names the group', () => {
  const alerts = [
    alert({
      labels: { alertname: 'HighErrorRate', service: 'auth' },
      annotations: {},
      startsAt: '2026-11-21T02:15:00Z',
    }),
    alert({
      labels: { alertname: 'HighErrorRate', service: 'files' },
      annotations: {},
      startsAt: '2026-11-21T02:05:00Z',
    }),
    alert({ status: 'resolved', annotations: {}, startsAt: '2026-11-20T22:00:00Z' }),
  ]
  const found = read(
    JSON.stringify(webhook({ alerts, commonLabels: { cluster: 'eu-1' }, commonAnnotations: {}, groupLabels: {} })),
  )
  expect(found).toMatchObject({
    title: 'HighErrorRate on eu-1 (2 alerts)',
    startedAt: '2026-11-21T02:05:00.000Z',
    systems: ['auth', 'files'],
    firing: 2,
    resolved: 1,
  })
  expect(found.note).toContain('- HighErrorRate since 2026-11-21T02:05:00.000Z service=files')
  expect(found.whole).toContain('"status":"resolved"')
})

test('one alert alone, and a list of them as the API answers, are read too', () => {
  const api = alert({ status: { state: 'active', silencedBy: [], inhibitedBy: [] }, receivers: [{ name: 'security' }] })
  expect(read(JSON.stringify(api))).toMatchObject({ mode: 'alerts', firing: 1, systems: ['auth'] })
  expect(read(JSON.stringify([api, api], null, 2))).toMatchObject({
    mode: 'alerts',
    title: 'Session tokens are used from two countries (2 alerts)',
    firing: 2,
  })
})

test('what is over already, left out, or of another form is said', () => {
  const over = webhook({ version: '5', truncatedAlerts: 7, alerts: [alert({ status: 'resolved' })] })
  expect(read(JSON.stringify(over)).remarks).toEqual([
    'It is of form 5; Muster knows form 4. Look twice.',
    '7 more alerts were left out by Alertmanager.',
    'All of it is over already.',
  ])
})

test('a start that lies ahead, or at the zero of a clock, is not taken', () => {
  const at = (startsAt: string) => read(JSON.stringify(alert({ startsAt })))
  expect(at('2026-11-21T02:40:00Z')).toMatchObject({
    startedAt: null,
    remarks: [expect.stringContaining("which lies ahead of this machine's clock: not taken.")],
  })
  expect(at('2026-11-21T02:20:03Z')).toMatchObject({ startedAt: '2026-11-21T02:20:00.000Z', remarks: [] })
  expect(at('0001-01-01T00:00:00Z').startedAt).toBeNull()
  expect(at('no time').startedAt).toBeNull()
  expect(at('2026-11-18T02:00:00Z').remarks).toEqual([
    'It began 3 days ago. Say when it was noticed, if that was later.',
  ])
})

test("the text of Alertmanager's messages and of its series is understood", () => {
  const message = [
    '[FIRING:2] HighErrorRate checkout (critical)',
    'Labels:',
    ' - alertname = HighErrorRate',
    ' - service = checkout',
    'Annotations:',
    ' - summary = Checkout answers 5xx',
    'Source: https://prometheus.example.com/graph',
  ].join('\n')
  expect(read(message)).toMatchObject({
    mode: 'prometheus',
    title: 'Checkout answers 5xx',
    systems: ['checkout'],
    firing: 2,
    note: message,
    whole: null,
  })
  expect(read('ALERTS{alertname="DiskFull", alertstate="firing", service="db"} 1')).toMatchObject({
    mode: 'prometheus',
    title: 'DiskFull',
    systems: ['db'],
  })
})

test('a mail gives its subject, sender and date; other text its first line', () => {
  const mail =
    'From: Nagios <nagios@example.com>\nTo: ops\nDate: Sat, 21 Nov 2026 03:02:11 +0100\nSubject: ** db-1 is DOWN **\n\nPing fails.'
  expect(read(mail)).toMatchObject({
    mode: 'text',
    title: '** db-1 is DOWN **',
    reporter: 'Nagios <nagios@example.com>',
    startedAt: '2026-11-21T02:02:11.000Z',
    note: mail,
  })
  expect(read('\n  Customers cannot pay\nsince 2026-11-21 02:10 UTC, says support')).toMatchObject({
    title: 'Customers cannot pay',
    startedAt: '2026-11-21T02:10:00.000Z',
    reporter: null,
  })
})

test('a time without a zone is not taken, and that is said', () => {
  expect(read('Checkout is slow since 2026-11-21 02:10')).toMatchObject({
    startedAt: null,
    remarks: ['It names a time without a zone, which was not taken.'],
  })
})

test('JSON that was cut off gives what can be read of it', () => {
  expect(read(JSON.stringify(webhook()).slice(0, -40))).toMatchObject({
    mode: 'json',
    title: 'Session tokens are used from two countries',
    remarks: ['It begins like JSON but is not whole, so only part of it was understood. All of it is kept.'],
  })
  expect(read('{ not JSON at all')).toMatchObject({ mode: 'text', title: '{ not JSON at all' })
})

test('JSON of another sort gives its own title, or none', () => {
  const other = { title: 'Disk full', from: 'Zabbix', time: '2026-11-21T02:00:00Z', nested: { deep: [] } }
  expect(read(JSON.stringify(other))).toMatchObject({ mode: 'json', title: 'Disk full', reporter: 'Zabbix' })
  expect(read('[1, 2, 3]')).toMatchObject({ mode: 'json', title: null, whole: '[1, 2, 3]' })
  expect(read(JSON.stringify({ alerts: ['x', null] })).title).toBeNull()
})

test('secrets in it are masked wherever they stand', () => {
  const token = 'ghp_0123456789abcdefghijABCDEFGHIJ012345'
  const found = read(
    JSON.stringify(
      webhook({
        commonAnnotations: { summary: `Token ${token} was used` },
        commonLabels: { alertname: 'Leak', token },
        receiver: token,
      }),
    ),
  )
  expect(JSON.stringify(found)).not.toContain(token)
  expect(found.masked).toBeGreaterThan(0)
  expect(found.title).toMatch(/^Token .* was used$/)
})

test('what would make a line say another thing than it shows is taken out', () => {
  const found = read(JSON.stringify(alert({ annotations: { summary: 'pay\u202eoff\u0000 \u001b[31mred\nnext' } })))
  expect(found.title).toBe('pay off [31mred next')
})

test('labels that are no text, or named like parts of every object, do no harm', () => {
  const labels = '{"__proto__": "x", "constructor": "y", "alertname": "A", "number": 3, "service": ["no"]}'
  expect(read(`{"labels": ${labels}, "annotations": null}`)).toMatchObject({ mode: 'alerts', title: 'A', systems: [] })
})

test('what is empty or larger than 1 MiB is refused', () => {
  expect(readAlert(' \n', nowMs)).toMatchObject({ ok: false, refusal: { code: 'bad-input' } })
  expect(readAlert('x'.repeat(1_048_577), nowMs)).toMatchObject({ ok: false, refusal: { code: 'too-large' } })
  expect(readAlert('€'.repeat(400_000), nowMs)).toMatchObject({ ok: false, refusal: { code: 'too-large' } })
})

test('a long text is kept whole beside its gist', () => {
  const long = `Checkout fails\n${'a line of a log\n'.repeat(500)}`
  const found = read(long)
  expect(found.whole).toBe(long)
  expect(found.note.length).toBeLessThanOrEqual(2_000)
})

test('deep and broken JSON is answered', () => {
  for (const hostile of ['['.repeat(500_000), '{"a":'.repeat(200_000), `${'['.repeat(20_000)}${']'.repeat(20_000)}`]) {
    expect(readAlert(hostile, nowMs).ok).toBe(true)
  }
})

test('whatever is pasted, the answer keeps its promises', () => {
  const anything = fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' }), fc.lorem({ mode: 'sentences' }))
  fc.assert(
    fc.property(anything, (text) => {
      const answer = readAlert(text, nowMs)
      if (!answer.ok) return
      const { title, startedAt, reporter, note, whole } = answer.alert
      if (title !== null) expect(title).toMatch(/^[^\u0000-\u001f]{1,300}$/)
      if (reporter !== null) expect(reporter.length).toBeLessThanOrEqual(200)
      if (startedAt !== null) expect(Date.parse(startedAt)).toBeLessThanOrEqual(nowMs)
      expect((whole ?? note).trim()).not.toBe('')
    }),
    { numRuns: 60 },
  )
})
