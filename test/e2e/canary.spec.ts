import { readdirSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { type Dockerd, startDockerd } from '../dockerd.ts'
import { readOrNull } from '../files-with.ts'
import * as acts from './acts.ts'
import { expect, test } from './fixtures.ts'

/*
 * Secrets of thirty shapes are put in wherever one comes in today: containers' variables, arguments, labels and logs, the
 * vault, contacts, notes. Then everything that Muster does is done, and everything that it left is searched for them.
 */

const letters = (length: number, seed: number): string =>
  Array.from(
    { length },
    (_none, n) => 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789'[(seed * 31 + n * n * 7 + n * 13) % 55],
  ).join('')

/** What stands in the logs of a container, one line each: a text around a canary. */
const inLogs: readonly ((canary: string) => string)[] = [
  (c) => `Authorization: Bearer ${c}`,
  (c) => `authorization: Basic ${c}`,
  (c) => `connect postgres://app:${c}@db:5432/shop`,
  (c) => `redis://:${c}@cache:6379/0 refused`,
  (c) => `amqp://guest:${c}@queue:5672/`,
  (c) => `mongodb+srv://app:${c}@cluster0.example/shop`,
  (c) => `password=${c}`,
  (c) => `{"level":"info","api_key":"${c}"}`,
  (c) => `client_secret: ${c}`,
  (c) => `Set-Cookie: sid=${c}; HttpOnly`,
  (c) => `X-Vault-Token: ${c}`,
  (c) => `PRIVATE-TOKEN: ${c}`,
  (c) => `Server=db;User Id=app;Password=${c};Encrypt=true`,
  (c) => `https://hooks.slack.com/services/T0/B0/${c}`,
  (c) => `https://s3.example/a?X-Amz-Signature=${c}`,
  (c) => `pushing with ghp_${c}`,
  (c) => `glpat-${c} is in use`,
  (c) => `sk_live_${c}`,
  (c) => `hvs.${c}`,
  (c) => `npm_${c}`,
]
const logCanaries = inLogs.map((_line, n) => letters(36, n + 1))
const logText = inLogs.map((line, n) => line(logCanaries[n] ?? '')).join('\n')
const env = ['DB_PASSWORD', 'API_TOKEN', 'STRIPE_KEY', 'DATABASE_URL'].map(
  (name, n) => [name, letters(30, 40 + n)] as const,
)
const inArgument = letters(28, 50)
const inLabel = letters(28, 51)
const inVault = letters(28, 52)
const inContact = '+49 170 9087061'
const inNote = `ghp_${letters(36, 53)}`
const inAttachment = letters(36, 54)
const inWideAttachment = letters(36, 55)
const pin = letters(9, 56)
const inOneLine = letters(36, 57)
const passphrase = 'canary words that do not belong together'
const canaries = [
  ...logCanaries,
  ...env.map(([, value]) => value),
  inArgument,
  inLabel,
  inVault,
  inContact,
  inNote,
  inAttachment,
  inWideAttachment,
  inOneLine,
  pin,
  passphrase,
]

async function fill({ container, until }: Dockerd): Promise<void> {
  await container(
    'leaky',
    [...env.flatMap(([name, value]) => ['--env', `${name}=${value}`]), '--label', `app.token=${inLabel}`],
    ...['sh', '-c', `cat <<'END' >&2\n${logText}\nEND\nexit 1`, 'worker', '--password', inArgument],
  )
  await until('leaky', ({ State }) => State.Status === 'exited')
}

test('thirty secrets go in and none comes out anywhere', async ({ machine }, testInfo) => {
  const engine = await startDockerd()
  const seen: string[] = []
  const dumpable = new Set<string>()
  const watch = setInterval(() => {
    seen.push(...childrenWith(machine.dataFolder))
    for (const process of dumpableOf(machine.dataFolder)) dumpable.add(process)
  }, 100)
  try {
    await fill(engine)
    const { page } = await machine.start({ dockerHost: engine.host })
    const dialog = page.getByRole('dialog')
    await acts.introduce(page, 'Mira Holm')

    await test.step('into the vault, and into the contacts', async () => {
      await acts.runCommand(page, 'vault')
      for (const label of [/^Passphrase: four/, 'The same again']) await dialog.getByLabel(label).fill(passphrase)
      await page.keyboard.press('Enter')
      await dialog.getByRole('button', { name: 'I have it on paper' }).click()
      await dialog.getByLabel(/^Name, such as/).fill('shop/db')
      await dialog.getByLabel('Value').fill(inVault)
      await page.keyboard.press('Enter')
      await expect(dialog.getByRole('row', { name: /shop\/db/ })).toBeVisible()
      await dialog.getByRole('button', { name: 'Test shop/db' }).click()
      await expect(dialog.getByText('Not tested.')).toBeVisible()
      await dialog.getByLabel(/^Name, such as/).fill('approvers/mira')
      await dialog.getByLabel('What it is').selectOption('pin')
      await dialog.getByLabel('Value').fill(pin)
      await page.keyboard.press('Enter')
      await dialog.getByRole('button', { name: 'Test approvers/mira' }).click()
      await dialog.getByLabel('The PIN').fill(pin)
      await page.keyboard.press('Enter')
      await expect(dialog.getByText('It is the PIN.')).toBeVisible()
      await acts.closeLayer(page)
      await acts.runCommand(page, 'contacts')
      const buffer = Buffer.from(`Name,Phone\nMara,${inContact}\n`)
      await dialog.locator('input[type=file]').setInputFiles({ name: 'p.csv', mimeType: 'text/csv', buffer })
      await expect(dialog.getByText('1 added')).toBeVisible()
      await acts.closeLayer(page)
    })

    await test.step('through a sweep, a note that is asked about, and every export', async () => {
      await acts.declare(page, { title: 'A leaky service', answers: 'nnyn', proposed: 'P2 High' })
      await acts.sweep(page)
      await page.keyboard.press('l')
      await page.keyboard.type(`took ${inNote} out of the pipeline`)
      await page.keyboard.press('Enter')
      await expect(dialog.getByText('This looks like a secret')).toBeVisible()
      expect(await page.locator('body').innerText()).not.toContain(inNote)
      await testInfo.attach('asked', { body: await page.screenshot(), contentType: 'image/png' })
      await page.keyboard.press('Enter')
      await expect(page.getByText('took [masked: github token] out of the pipeline').first()).toBeVisible()
      await acts.leaveField(page)
      await page.keyboard.press('x')
      for (const format of ['md', 'html', 'json'] as const) await acts.exportAs(page, format)
      await acts.closeLayer(page)
      const shown = await page.locator('body').innerText()
      expect(canaries.filter((canary) => shown.includes(canary))).toEqual([])
    })

    await test.step('what a heap snapshot of the window still holds is told, not promised away', async () => {
      const residue = await residueIn(page, [passphrase, inVault, pin])
      testInfo.annotations.push({
        type: 'residue in the heap',
        description: residue.length === 0 ? 'none' : String(residue.length),
      })
    })

    await test.step('in files that are attached: a log, one in UTF-16, one of a single line', async () => {
      const files = {
        'app.log': Buffer.from(`ok\n{"level":"error","db_password":"${inAttachment}"}\n`),
        'events.txt': Buffer.from(`\ufeffLogon: password=${inWideAttachment}\r\n`, 'utf16le'),
        'one-line.txt': Buffer.from(`${'x '.repeat(300_000)}api_key=${inOneLine} ${'y '.repeat(300_000)}`),
      }
      for (const [name, bytes] of Object.entries(files)) {
        const path = join(machine.saveFolder, name)
        writeFileSync(path, bytes)
        expect(await machine.musterJson('attach', 'INC', path)).toMatchObject({ item: { masked: [{ count: 1 }] } })
        rmSync(path)
      }
    })

    await machine.musterJson('vault', 'status')
    await machine.musterJson('journal', 'export', 'INC', '--out', join(machine.saveFolder, 'incident.tar'))
    await machine.musterJson('backup', '--out', join(machine.saveFolder, 'backup'))
    const found = (await machine.musterJson('search', 'masked', '--limit', '100')) as { hits: unknown[] }
    expect(found.hits.length).toBeGreaterThan(0)
  } finally {
    clearInterval(watch)
    await engine.stop()
  }

  await test.step('no file that Muster wrote, and no process that it started, holds one', async () => {
    writeFileSync(join(machine.folder, 'planted'), `x${inVault}x`)
    expect(filesWith(machine.folder), 'one that was planted, and no other').toEqual([
      `${inVault} in ${join(machine.folder, 'planted')}`,
    ])
    expect(seen).toEqual([])
    // Electron starts its helpers before any code of ours runs.
    if (testInfo.project.name === 'chromium') expect([...dumpable]).toEqual([])
  })
})

/** Each canary in a file below the folder, as UTF-8 or UTF-16. */
function filesWith(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
  return files
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true)
    .flatMap((file) => {
      const bytes = readOrNull(file) ?? Buffer.alloc(0)
      return canaries
        .filter((canary) => bytes.includes(canary) || bytes.includes(Buffer.from(canary, 'utf16le')))
        .map((canary) => `${canary} in ${file}`)
    })
}

/** Each canary in the arguments or the environment of a process of this machine's Muster, now. */
function childrenWith(dataFolder: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const argv = readFileSync(`/proc/${pid}/cmdline`, 'latin1')
        if (!argv.includes(dataFolder) && !readlinkSync(`/proc/${pid}/cwd`).includes(dataFolder)) return []
        const text = argv + readFileSync(`/proc/${pid}/environ`, 'latin1')
        return canaries.filter((canary) => text.includes(canary)).map((canary) => `${canary} in process ${argv}`)
      } catch {
        return [] // it has ended since
      }
    })
}

/** Processes of this machine's Muster whose memory a core dump would hold. Node's very first moments are before our code. */
function dumpableOf(dataFolder: string): string[] {
  const isOld = (pid: string) => Date.now() - statSync(`/proc/${pid}`).ctimeMs > 10_000
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const argv = readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ')
        if (!argv.includes(dataFolder) || !isOld(pid)) return []
        return readFileSync(`/proc/${pid}/coredump_filter`, 'latin1').trim() === '00000000' ? [] : [argv]
      } catch {
        return [] // it has ended since
      }
    })
}

/** Which secrets the page's JavaScript heap still holds after a collection. */
async function residueIn(page: Page, secrets: readonly string[]): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  let snapshot = ''
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => (snapshot += chunk))
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await session.detach()
  return secrets.filter((secret) => snapshot.includes(secret))
}
