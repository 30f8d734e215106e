import type { Locator, Page } from '@playwright/test'

/* Where things are on each screen. What a person does there stands in `acts.ts`. */

export const welcome = (page: Page) => ({
  name: page.getByLabel('Your name'),
})

export const board = (page: Page) => ({
  title: page.getByRole('heading', { name: 'Board', level: 1 }),
  empty: page.getByRole('heading', { name: 'No incident yet' }),
  practice: page.getByRole('button', { name: 'Practice on a simulated system' }),
  lines: page.locator('tr.line'),
  line: (title: string) => page.locator('tr.line', { hasText: title }),
})

export const declaration = (page: Page) => ({
  form: page.getByRole('form', { name: 'What is wrong?' }),
  title: page.getByLabel('In a few words'),
  noticed: page.getByLabel(/When was it noticed/),
  toQuestions: page.getByRole('button', { name: /^Answer \d+ questions/ }),
  question: page.locator('.triage-question .triage-text'),
  proposal: page.locator('.proposed-word'),
  declare: page.getByRole('button', { name: /^Declare as/ }),
  reason: page.getByLabel(/^Why P\d\?/),
})

export const room = (page: Page) => ({
  whole: page.locator('main.room'),
  title: page.locator('main.room h1'),
  number: page.locator('main.room .chip.mono'),
  severity: page.locator('main.room .severity-badge'),
  clocks: page.getByRole('region', { name: 'Clocks' }),
  response: page.locator('.clock', { hasText: 'First response' }),
  note: page.getByLabel('What happened?'),
  noteEcho: page.locator('.quick').getByRole('status'),
  asked: page.locator('.quick .asked'),
  entries: page.locator('.entry'),
  places: page.locator('.entry-place'),
  entry: (text: string | RegExp) => page.locator('.entry', { hasText: text }),
  entriesOf: (kind: string) => page.locator(`.entry[data-kind=${kind}]`),
  sweep: page.locator('.engine-row').getByRole('button', { name: 'Sweep' }),
  engine: page.getByLabel('Engine'),
  noEngine: page.getByText('No Docker engine was found on this machine.'),
  kept: page.locator('.sweep-line', { hasText: 'Kept:' }),
  clear: page.getByText('Nothing is wrong that this sweep can see.'),
  findings: page.locator('.finding'),
  finding: (code: string, title: string) => page.getByRole('article', { name: `${code} ${title}` }),
  containers: page.locator('.containers'),
  ended: page.locator('.banner', { hasText: 'Ended:' }),
  refusal: page.locator('main.room .refusal'),
  exerciseFrame: page.locator('.exercise-frame'),
})

/** The page of all findings, over the room. */
export const findings = (page: Page) => {
  const layer = page.getByRole('dialog', { name: 'Findings' })
  return {
    layer,
    tally: layer.locator('.tally'),
    tab: (name: string) => layer.getByRole('tab', { name: new RegExp(`^${name}`) }),
    cards: layer.locator('.finding'),
    card: (title: string) => layer.locator('.finding', { hasText: title }),
    finding: (code: string, title: string) => layer.getByRole('article', { name: `${code} ${title}` }),
    containers: layer.locator('tr[data-row]'),
    container: (name: string) => layer.getByRole('row', { name, exact: true }),
    filter: layer.getByLabel('Type to filter'),
    hints: layer.locator('.page-foot'),
    panel: layer.getByRole('tabpanel'),
  }
}

export const packs = (page: Page) => ({
  search: page.getByRole('combobox', { name: 'Search all runbooks' }),
  hits: page.getByRole('listbox', { name: 'What was found' }).getByRole('option'),
  title: (title: string) => page.getByRole('heading', { name: title, level: 1 }),
  list: page.locator('.pack-line'),
  steps: page.locator('.step-card'),
  file: page.locator('input[type=file]'),
  problems: page.locator('.problem'),
  tested: page.locator('.tested'),
})

const dialog = (page: Page, name: string): Locator => page.getByRole('dialog', { name })

export const evidence = (page: Page) => {
  const layer = dialog(page, 'Evidence')
  return {
    layer,
    items: layer.locator('.item-list .pick'),
    bundles: layer.locator('.bundle-list .pick'),
    match: layer.getByText('✓ MATCH: the bytes are those that were kept'),
    text: layer.locator('.evidence-lines pre').last(),
    about: layer.locator('.about'),
    name: layer.locator('.evidence-name'),
  }
}

export const severityDialog = (page: Page) => {
  const layer = dialog(page, 'Change the severity')
  return {
    layer,
    reason: layer.getByLabel('Why? One line is enough.'),
    set: layer.getByRole('button', { name: /^Set/ }),
  }
}

export const correction = (page: Page) => {
  const layer = dialog(page, 'Correct a note')
  return { layer, text: layer.getByLabel('It should have said') }
}

export const resolution = (page: Page) => {
  const layer = dialog(page, 'End the incident')
  return { layer, summary: layer.getByLabel('Summary') }
}

export const exporting = (page: Page) => {
  const layer = dialog(page, 'Export the post-mortem')
  const written = layer.locator('.written')
  return {
    layer,
    written,
    path: written.locator('dd').nth(0),
    sha256: written.locator('dd').nth(1),
    head: written.locator('dd').nth(2),
    preview: layer.locator('iframe.preview'),
    refusal: layer.locator('.refusal'),
  }
}

export const verification = (page: Page) => {
  const layer = dialog(page, 'Verify the journal')
  return { layer, match: layer.locator('.check-match'), counts: layer.locator('.soft').first() }
}

export const settings = (page: Page) => {
  const layer = dialog(page, 'Settings')
  return {
    layer,
    choice: (name: string | RegExp) => layer.getByRole('radio', { name }),
    storage: layer.getByRole('button', { name: 'Mirror, backup, space' }),
  }
}

export const storage = (page: Page) => {
  const layer = dialog(page, 'Mirror and backup')
  return {
    layer,
    mirrorFolder: layer.getByLabel('Folder of the mirror'),
    mirrorGo: layer.getByRole('button', { name: 'Mirror into it' }),
    backupFolder: layer.getByLabel('Make it in'),
    backupGo: layer.getByRole('button', { name: 'Back up now' }),
  }
}

/** How the storage stands, in the room's foot or on the board. */
export const storageLine = (page: Page) => page.getByRole('button', { name: /^Storage: / })

export const restarting = (page: Page) => {
  const layer = dialog(page, 'Restart a service of the simulated system')
  return {
    layer,
    service: (name: string) => layer.getByRole('button', { name: `Restart ${name}` }),
    done: (name: string) => layer.getByText(`✓ ${name} was restarted.`),
  }
}

export const palette = (page: Page) => {
  const layer = dialog(page, 'Commands')
  return { layer, field: layer.getByRole('combobox'), lines: layer.getByRole('option') }
}

export const keysSheet = (page: Page) => ({ layer: dialog(page, 'Keys of this view') })
