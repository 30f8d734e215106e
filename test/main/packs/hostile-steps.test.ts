import { describe, expect, it, test } from 'vitest'
import { lintPack } from '../../../main/packs/pack-file.ts'
import type { PackProblem } from '../../../shared/packs/calls.ts'
import { infinityText } from './requirements.ts'

const marker = '          - id: dashboards\n'

/** The shipped pack with more steps, which begin at `line`. */
function withStep(lines: readonly string[]): { text: string; line: number } {
  const place = infinityText.indexOf(marker)
  const text =
    infinityText.slice(0, place) + lines.map((line) => `          ${line}\n`).join('') + infinityText.slice(place)
  return { text, line: infinityText.slice(0, place).split('\n').length }
}

function lint(text: string): readonly PackProblem[] {
  const linted = lintPack(new TextEncoder().encode(text), 'hostile.yaml')
  return 'problems' in linted ? linted.problems : []
}

const scan = (pattern: string) =>
  withStep([
    '- id: look',
    '  type: probe',
    '  title: Look',
    '  place: host',
    `  call: { kind: log-scan, files: [api.log], pattern: ${JSON.stringify(pattern)} }`,
    '  command: grep api.log',
  ])

describe('patterns that cannot run in linear time, or not quickly', () => {
  test.each([
    ['error(?=:)', "looks around with '(?=', from its character 6 on"],
    ['(a)\\1', "refers back to a group with '\\1', from its character 4 on"],
    ['(a+)++', "repeats what is repeated already ('++'), from its character 5 on"],
    ['a{1000}{1000}', "repeats what is repeated already ('{1000}{'), from its character 2 on"],
    ['((a{30}){30}){30}', 'is too large when its repeats are written out'],
    ['(', 'opens a group and does not close it'],
  ])('%s', (pattern, happened) => {
    const { text, line } = scan(pattern)
    const [problem, ...others] = lint(text)
    expect(others).toEqual([])
    expect(problem).toMatchObject({
      line: line + 4,
      column: 64,
      path: 'phases[0].stages[0].steps[1].call.pattern',
      happened: `the pattern '${pattern}' ${happened}`,
    })
  })

  it('takes what backtracking engines would stall on and these do not', () => {
    for (const pattern of ['(a+)+$', '(.*)*x', '(a|aa)+$']) expect(lint(scan(pattern).text)).toEqual([])
  })

  it('reads the patterns of evidence and of processes too', () => {
    const { text } = withStep([
      '- id: keep',
      '  type: evidence',
      '  title: Keep',
      '  place: host',
      "  take: { from: probe, call: { kind: log-scan, files: [a], pattern: a, also: '(?!b)' } }",
      '  saveAs: a.txt',
      '- id: processes',
      '  type: probe',
      '  title: Processes',
      '  place: host',
      "  call: { kind: host-processes, sortBy: cpu, limit: 5, match: '(?<=x)' }",
      '  command: ps',
    ])
    expect(lint(text).map(({ path }) => path)).toEqual([
      'phases[0].stages[0].steps[1].take.call.also',
      'phases[0].stages[0].steps[2].call.match',
    ])
  })

  it('compiles no more than all of a pack may weigh', () => {
    const step = (i: number) => [
      `- id: look-${i}`,
      '  type: probe',
      '  title: Look',
      '  place: host',
      `  call: { kind: log-scan, files: [a], pattern: 'a{900}${i}' }`,
      '  command: grep a',
    ]
    const problems = lint(withStep(Array.from({ length: 80 }, (_, i) => step(i)).flat()).text)
    expect(problems).toHaveLength(1)
    expect(problems[0]?.happened).toContain('too large together')
  })

  it('tells of a pattern beside whatever else is wrong', () => {
    const { text } = scan('(?=a)')
    expect(lint(text.replace('title: Infinity OS', 'titel: Infinity OS')).map(({ path }) => path)).toEqual([
      '',
      'phases[0].stages[0].steps[1].call.pattern',
      'title',
    ])
  })
})

describe('names of files that climb, hide or mean something else', () => {
  const evidence = (saveAs: string) =>
    withStep([
      '- id: keep',
      '  type: evidence',
      '  title: Keep',
      '  take: { from: text, text: x }',
      `  saveAs: ${saveAs}`,
    ]).text
  test.each([
    ['up', '../../etc/passwd'],
    ['absolute', '/etc/passwd'],
    ['a folder', 'a/b.txt'],
    ['a folder of Windows', 'a\\b.txt'],
    ['a drive', 'C:b.txt'],
    ['another stream', 'b.txt:c'],
    ['hidden', '.bashrc'],
    ['the folder itself', '.'],
    ['the one above', '..'],
    ['nothing', '""'],
    ['turned round', '"a\\u202etxt.exe"'],
    ['with an escape', '"a\\e[2Jb"'],
    ['with a line break', '"a\\nb"'],
    ['with a zero', '"a\\0b"'],
  ])('evidence %s', (_, name) => {
    expect(lint(evidence(name)).map(({ path }) => path)).toEqual(['phases[0].stages[0].steps[1].saveAs'])
  })

  test.each(['../secrets.log', 'logs/../../x', '/var/log/../../etc/shadow', '..'])('a log at %s', (path) => {
    const { text } = withStep([
      '- id: look',
      '  type: probe',
      '  title: Look',
      '  place: host',
      `  call: { kind: log-scan, files: [${JSON.stringify(path)}], pattern: a }`,
      '  command: grep a',
    ])
    expect(lint(text)[0]?.happened).toContain('climbs out of its folder')
  })
})

describe('steps that are more than they seem', () => {
  const wrong = (lines: readonly string[]) => lint(withStep(lines).text).map(({ happened }) => happened)

  it('takes no probe that changes something', () => {
    const probe = (call: string) => [
      '- id: p',
      '  type: probe',
      '  title: P',
      '  place: host',
      `  call: ${call}`,
      '  command: x',
    ]
    expect(wrong(probe('{ kind: http-get, target: portal, path: /, method: DELETE }'))).toHaveLength(1)
    expect(wrong(probe('{ kind: http-send, target: portal, path: /, method: POST }'))).not.toEqual([])
    expect(wrong(probe('{ kind: redis-flush, target: database }'))).not.toEqual([])
    expect(wrong(probe('{ kind: shell, run: rm -rf / }'))).not.toEqual([])
  })

  it('takes no shell string for a program', () => {
    const program = (run: string) => [
      ...['- id: p', '  type: local-command', '  title: P', '  place: host', `  run: ${run}`],
      ...['  effect: { does: reads }', '  command: x'],
    ]
    expect(wrong(program('rm -rf /'))).not.toEqual([])
    expect(wrong(program('{ script: rm -rf / }'))).toEqual([
      "'rm -rf /' is a script, which may run inside a container or pod only; use `argv`",
    ])
    expect(wrong(program('{ argv: [] }'))).not.toEqual([])
    expect(wrong(program('{ argv: [make, ps] }'))).toEqual([])
  })

  it('lets no secret into an argument', () => {
    const [happened] = wrong([
      ...[
        '- id: p',
        '  type: local-command',
        '  title: P',
        '  place: host',
        "  run: { argv: [psql, '${DATABASE_URL}'] }",
      ],
      ...['  effect: { does: reads }', '  command: psql'],
    ])
    expect(happened).toContain('names a secret parameter where others could read it')
  })

  it('names no laptop', () => {
    expect(
      wrong(['- id: p', '  type: probe', '  title: P', '  call: { kind: host-load }', '  command: uptime']),
    ).toEqual(['the value has no place, and only a place says on which machine'])
  })

  it('says where a wrong name stands, and what was meant', () => {
    const { text, line } = withStep([
      ...['- id: p', '  type: evidence', '  title: P', '  saveAs: p.txt'],
      '  take: { from: probe, call: { kind: http-get, target: portall, path: / } }',
    ])
    expect(lint(text)).toMatchObject([
      { line: line + 4, column: 66, path: 'phases[0].stages[0].steps[1].take.call.target', meant: 'portal' },
    ])
  })
})

describe('a program of a pack', () => {
  const program = (argv: readonly string[]) =>
    withStep([
      '- id: run',
      '  type: local-command',
      '  title: Run',
      '  place: host',
      `  run: { argv: ${JSON.stringify(argv)} }`,
      '  effect: { does: reads }',
      '  command: run it',
    ]).text

  it.each([
    [['bash', '-c', 'rm ${now}'], 2, 'is read as code and holds a value'],
    [['/usr/bin/env', 'sh', '-ec', 'rm ${now}'], 3, 'is read as code and holds a value'],
    [['psql', '-d', 'shop', '-c', "DELETE FROM a WHERE b = '${now}'"], 4, 'is read as code and holds a value'],
    [['mongosh', '--eval=db.a.drop(${now})'], 1, 'is read as code and holds a value'],
    [['sudo', 'bash', '-c', 'reboot'], 3, 'is a script for a shell'],
  ])('hands no value to what reads code, and no shell string to a host: %j', (argv, at, happened) => {
    const problems = lint(program(argv))
    expect(problems).toMatchObject([{ path: expect.stringMatching(new RegExp(`run\\.argv\\[${at}\\]$`)) }])
    expect(problems[0]?.happened).toContain(happened)
  })

  it('takes values as arguments of their own', () => {
    for (const argv of [
      ['tar', '-c', '${now}'],
      ['./run.sh', '-c', '${now}'],
      ['bash', 'script.sh', '${now}'],
      ['psql', '-c', 'SELECT 1'],
    ]) {
      expect(lint(program(argv))).toEqual([])
    }
  })
})
