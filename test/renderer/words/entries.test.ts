import { expect, test } from 'vitest'
import type { KnownEntry } from '../../../shared/incident/kinds.ts'
import { sentenceOf } from '../../../renderer/words/entries.ts'
import type { Piece } from '../../../renderer/words/sentence.ts'
import { FakeMain, hashOf, infinity } from '../fake-main.ts'
import { findings, summary } from '../story.ts'

const severity = { id: 'p1', code: 'P1', name: 'Critical', rank: 1 }
const at = '2026-11-21T14:05:00.000Z'

/** One body of every kind there is: the compiler asks for each new one. */
const bodies: { [Kind in KnownEntry['kind']]: Extract<KnownEntry, { kind: Kind }>['body'] } = {
  declared: {
    number: 'INC-2026-1121-0001',
    title: 'Checkout fails',
    pack: { id: 'infinity', version: '1.0.0', title: 'Infinity OS', hash: infinity.hash },
    unconfirmed: false,
    detected_at: at,
  },
  'pack-pinned': { hash: infinity.hash, text: 'id: infinity' },
  'overlay-pinned': { hash: infinity.hash, text: 'kind: overlay' },
  checked: {
    list: { kind: 'phase', id: 'first', title: 'First minutes' },
    stage: 'assess',
    item: { id: 'look', title: 'Look at it' },
    value: null,
    done: true,
    note: null,
  },
  confirmed: {},
  'severity-set': { severity, assumed: true, reason: 'Nobody is sure.', path: [] },
  'impact-stated': { text: 'Nobody can pay.' },
  resolved: { outcome: 'resolved', summary: 'Rolled back.' },
  reopened: { reason: 'It is back.' },
  noted: { text: 'Queue is empty.' },
  corrected: { entry: hashOf(1, 'a'), text: 'Queue is full.' },
  starred: { entry: hashOf(1, 'a'), on: true },
  'task-given': { text: 'Check the database', owner: 'Mara', minutes: 10 },
  decided: {
    text: 'Roll back.',
    options: ['Scale out'],
    poll: { seconds: 30, objections: [] },
    outcome: 'decided',
  },
  'severity-explained': { entry: hashOf(1, 'a'), reason: 'All sign-ins fail.' },
  'task-extended': { task: hashOf(1, 'a'), minutes: 5, note: 'Still counting.' },
  'task-ended': { task: hashOf(1, 'a'), outcome: 'done', note: null },
  linked: { link: 'bridge', title: null, url: 'https://meet.example/1' },
  'phase-entered': { phase: { id: 'mitigate', title: 'Mitigate' }, reason: null },
  'team-set': { team: { id: 'database', title: 'Database' }, lead: 'Mara Stein', members: ['Ben'] },
  'handover-offered': { to: 'Mara Stein', where: 'same-desk', objectives: [], hazards: [], brief: '# Brief' },
  'handover-accepted': { offer: hashOf(1, 'a'), words: null },
  'handover-withdrawn': { offer: hashOf(1, 'a'), reason: 'Ana stays.' },
  'command-released': { offer: hashOf(1, 'a'), words: 'one two three four five six' },
  'command-taken': { reason: 'The laptop of Ana is gone.' },
  'finding-waived': {
    finding: { key: 'D04 container backend', title: 'backend restarts in a loop' },
    until: at,
    reason: 'It is known.',
  },
  'waiver-ended': { finding: { key: 'D04 container backend', title: 'backend restarts in a loop' }, reason: 'Mended.' },
  'clock-snoozed': { clock: { id: 'response', title: 'First response' }, until: at, reason: 'In ten minutes.' },
  'update-given': { text: 'We are rolling back.' },
  erased: {
    entry: hashOf(1, 'a'),
    bundle: null,
    reason: 'A password.',
    approver: { contact: null, name: 'Mara Stein' },
  },
  'role-taken': { role: 'commander', person: { contact: null, name: 'Mara Stein' } },
  classified: {
    types: [{ id: 'platform-outage', title: 'Platform Outage' }],
    priority: { id: 'high', code: 'H', title: 'High' },
    systems: ['payments'],
  },
  related: { incident: '01KBZ0000000000000000000A2', number: 'INC-2026-1121-0002', how: 'duplicate-of' },
  called: {
    role: { id: 'team-lead', title: 'Team Lead' },
    person: { contact: null, name: 'Ben' },
    means: 'phone',
    result: 'voicemail',
    edge: 'call-lead',
    note: 'Calls back at three.',
  },
  notified: {
    notification: { id: 'sev1-management', title: 'Senior Management' },
    to: 'Senior Management',
    means: 'email',
    result: 'told',
    note: null,
  },
  'clock-paused': { clock: { id: 'response', title: 'First response' }, reason: 'The vendor has it.' },
  'clock-resumed': { clock: { id: 'response', title: 'First response' }, reason: 'The vendor gave it back.' },
  'clock-met': { clock: { id: 'post-mortem', title: 'Post-mortem' }, note: null },
  'duty-held': {
    regulatory: { id: 'authority', title: 'Early warning' },
    since: at,
    holds: true,
    reason: 'Data of customers is out.',
  },
  responded: {},
  'alarm-given': { clock: 'response', title: 'First response', due_at: at, at: 'due' },
  'evidence-kept': {
    bundle: hashOf(1, 'e'),
    size: 18_200_000,
    title: 'Sweep',
    source: 'docker eu-1',
    collector: 'Ana',
    tool: 'Muster',
    form: 'tar',
    stored: { encoding: 'zstd', size: 2_000_000 },
    note: null,
    items: [],
  },
  'evidence-released': {
    bundle: hashOf(1, 'e'),
    item: 'inspect.json',
    to: 'Jonas Weiß',
    because: 'the vendor asked',
    how: 'saved as inspect.json',
    size: 120,
    sha256: hashOf(3, 'f'),
    result: 'match',
  },
  'evidence-checked': { bundle: hashOf(1, 'e'), result: 'mismatch', because: 'opened' },
  swept: { summary, findings, bundle: hashOf(1, 'e') },
  exported: { format: 'pdf', name: 'a.pdf', size: 1200, sha256: hashOf(1, 'f'), head: hashOf(2, 'f') },
}

function said(kind: string, body: unknown): { text: string; turning: boolean } {
  const main = new FakeMain()
  main.begin('01KBZ0000000000000000000A1')
  const sentence = sentenceOf(main.log('01KBZ0000000000000000000A1', kind, body), 'utc')
  const text = (pieces: readonly Piece[]) =>
    pieces.map((piece) => (typeof piece === 'string' ? piece : Object.values(piece).join(''))).join('')
  return { text: `${sentence.icon} ${text(sentence.said)} · ${text(sentence.sub)}`, turning: sentence.turning }
}

test.each(Object.entries(bodies))('an entry of kind %s has a sentence of its own', (kind, body) => {
  const { text } = said(kind, body)
  expect(text).not.toContain('cannot read')
  expect(text).not.toMatch(/undefined|null|\[object/)
  expect(text.length).toBeGreaterThan(8)
})

test('sentences read as a person would say them', () => {
  expect(said('severity-set', bodies['severity-set']).text).toBe('▲ Severity P1 Critical, assumed · Nobody is sure.')
  expect(said('role-taken', bodies['role-taken']).text).toContain('Mara Stein took command')
  expect(said('role-taken', { role: 'deputy', person: null }).text).toContain('Nobody is deputy any more')
  expect(said('swept', bodies.swept).text).toContain('Sweep: 3 findings, first pg-eu-2 was killed for lack of memory')
  expect(said('swept', { ...bodies.swept, findings: [] }).text).toContain('nothing found that is wrong')
  expect(said('evidence-kept', bodies['evidence-kept']).text).toContain('Evidence kept: 0 items, 18.2 MB')
  expect(said('evidence-released', bodies['evidence-released']).text).toContain(
    'Evidence given to Jonas Weiß: inspect.json',
  )
  const words = 'one two three four five six'
  const accepted = { ...bodies['handover-accepted'], words }
  expect(said('handover-accepted', accepted).text).toContain(`the brief was read · six words: ${words}`)
  expect(said('command-released', bodies['command-released']).text).toContain(`read back: ${words}`)
  expect(said('evidence-checked', bodies['evidence-checked'])).toMatchObject({ turning: true })
})

test('a kind of a newer Muster is shown as such', () => {
  expect(said('teleported', { to: 'somewhere' }).text).toContain('cannot read: teleported 1')
})

test('an erased entry says so', () => {
  expect(said('noted', null).text).toContain('was erased')
})
