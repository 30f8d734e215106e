import type { Pack, Parameter } from './pack.ts'

/**
 * An overlay to begin with, as text, with a row for everything that the packs leave open. It lints as it stands: all rows
 * are comments (`# `), and each is taken by taking its mark away. What only explains begins with `##`.
 */
export function overlaySkeleton(id: string, packs: readonly Pack[]): string {
  return [
    '## What your organisation adds to its runbooks: who stands behind a role, what the runbook leaves open, and what',
    '## places and targets really are. Take the mark away from the rows that you fill.',
    `## What is wrong with this file says: muster overlay lint ${id}.yaml`,
    '## It holds no secrets: a secret parameter names a credential of the vault.',
    'apiVersion: muster.dev/v1',
    'kind: overlay',
    `id: ${id}`,
    `title: ${titleOf(id)}`,
    '',
    '## Whom the rows below name. `contact` is the id of somebody in the vault (muster people list --json), where numbers',
    '## stay. Addresses written here can be read by whoever reads this file, and go into the record of each incident.',
    '# people:',
    '#   - { id: ana, name: Ana Ruiz }',
    '',
    '## Of all packs, unless one says otherwise.',
    '# businessHours: { timeZone: Europe/Berlin, days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" }',
    '# callouts: { answerWithinMinutes: 5, tries: 2, againAfterMinutes: 30 }',
    '# regulatory:',
    '#   - id: personal-data-72-hours',
    '#     title: Tell the supervisory authority',
    '#     authority: Data protection authority',
    '#     after: awareness',
    '#     withinMinutes: 4320',
    '#     holdsWhen: Personal data is affected.',
    '',
    'packs:',
    ...packs.flatMap((pack) => ['', ...packLines(pack)]),
    '',
  ].join('\n')
}

function titleOf(id: string): string {
  return id.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase())
}

function packLines(pack: Pack): string[] {
  const open = {
    contacts: pack.roles.map(({ id, title }) => row(`role: ${id}, people: [ana]`, title)),
    approvers: pack.approvals
      .filter(({ roles }) => roles.length === 0)
      .map(({ id, title }) => row(`approval: ${id}, people: [ana]`, title)),
    severities: pack.severities
      .filter(({ respondWithinMinutes }) => respondWithinMinutes === null)
      .map(({ id, code }) => row(`severity: ${id}, respondWithinMinutes: 30`, `${code} has no response time`)),
    cadence: [
      ...pack.cadence
        .filter(({ updateWithinMinutes }) => updateWithinMinutes === null)
        .map(({ id, rule }) => row(`cadence: ${id}, updateWithinMinutes: 30`, rule)),
      ...pack.severities
        .filter(({ id }) => !pack.cadence.some((one) => one.severities.length === 0 || one.severities.includes(id)))
        .map(({ id, code }) => row(`severities: [${id}], updateWithinMinutes: 30`, `${code} has no rhythm of updates`)),
    ],
    notifications: pack.notifications
      .filter(({ withinMinutes }) => withinMinutes === null)
      .map(({ id, title }) => row(`notification: ${id}, withinMinutes: 15`, title)),
    parameters: pack.parameters.map((parameter) => row(parameterRow(parameter), parameter.title)),
    places: pack.places.map(({ id, title }) => row(`place: ${id}, is: { at: ssh, host: my-server }`, title)),
    targets: pack.targets.map(({ id, title, address }) =>
      row(`target: ${id}, is: { address: 'my-server' }`, address === undefined ? title : `${title}: ${address}`),
    ),
  }
  return [
    `  - pack: ${pack.id}`,
    ...Object.entries(open).flatMap(([list, rows]) => (rows.length === 0 ? [] : [`    # ${list}:`, ...rows])),
    ...(pack.postMortem.dueWithinHours === null ? ['    # postMortem: { dueWithinHours: 72 }'] : []),
  ]
}

/** A row with what it is about behind it; nothing of a title can end the comment, as a pack's texts are single lines. */
function row(filled: string, about: string): string {
  return `    #   - { ${filled} } # ${about}`
}

function parameterRow({ id, secret, list, type, choices, default: usual }: Parameter): string {
  if (secret) return `parameter: ${id}, credential: ${id.toLowerCase()}`
  const value = JSON.stringify(usual ?? examples(choices)[type])
  return list ? `parameter: ${id}, values: [${value}]` : `parameter: ${id}, value: ${value}`
}

function examples(choices: readonly string[]): Readonly<Record<Parameter['type'], string>> {
  return {
    text: 'my value',
    number: '1',
    domain: 'service.example',
    url: 'https://service.example',
    address: '192.0.2.1',
    path: '/srv/service',
    choice: choices[0] ?? 'my choice',
  }
}
