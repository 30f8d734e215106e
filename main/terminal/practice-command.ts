import { mkdir, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Finding } from '../../shared/findings/finding.ts'
import { type ExportFormat, exportFormatSchema } from '../../shared/postmortem/entries.ts'
import { RefusalError, refuse } from '../../shared/refusal.ts'
import { practiceDeclaration } from '../incidents/declare.ts'
import { severityChoice } from '../incidents/severity-choice.ts'
import { runVerification } from '../journal/run-verification.ts'
import { packNamed } from '../packs/packs.ts'
import type { Face, GlobalOptions, Opening } from './face.ts'
import { progressTeller } from './sweep-command.ts'
import { terminalExporter } from './terminal-exporter.ts'
import { counted } from './text.ts'

/** How long the simulated system is given to recover, and how often it is looked at. */
const RECOVERY_MS = 60_000
const LOOK_EVERY_MS = 2_000

/** `muster practice --out DIR`: one incident from declaration to post-mortem, on the simulated system. */
export async function practiceCommand(out: string, options: GlobalOptions, opening: Opening): Promise<void> {
  const folder = resolve(out)
  await assertEmpty(folder)
  await opening.withFace({ ...options, data: folder }, (face) => play(face, folder))
}

async function play(face: Face, folder: string): Promise<boolean> {
  const { services, by, remark } = face
  const { desk } = services
  const loaded = packNamed(services.shelf.packs, 'infinity')
  remark('EXERCISE: everything that follows is simulated.')
  await services.practice.start()
  const { id, number } = await desk.ask('declare', practiceDeclaration(loaded, by), by)
  remark(`Declared ${number}.`)
  const answers = Object.fromEntries(
    loaded.pack.triage.questions.map(({ id: question }, at) => [question, at === 0 ? 'yes' : 'no'] as const),
  )
  const choice = severityChoice(loaded.pack, { severity: null, answers, reason: null })
  if (choice !== null) {
    await desk.ask('setSeverity', id, choice, by)
    remark(`Severity ${choice.severity.code}: ${choice.reason}`)
  }
  await desk.ask('respond', id, by)
  await desk.ask('stateImpact', id, 'Nobody can sign in (simulated).', by)
  const [cause] = await sweep(face, id)
  if (cause === undefined) throw nothingFound()
  remark(`First finding: ${cause.code}, ${cause.title}.`)
  const service = cause.object.service ?? cause.object.name
  await desk.ask('note', id, `${cause.title}: restarting ${service}.`, null, by)
  await services.practice.restart(service)
  await untilRecovered(face, id)
  await desk.ask('resolve', id, 'resolved', `Restarted ${service}; everything depending on it came back.`, by)
  remark(`Resolved ${number}.`)
  const files = await exportAll(face, id, folder)
  const verification = await runVerification(services.dataFolder)
  face.say({ id, number, folder, files, verification }, [
    `EXERCISE ${number} played through. In ${folder}:`,
    ...files.map((file) => `  ${file}`),
    '  journal.db and evidence/ (docs/journal-format.md tells how to check them)',
    verification.ok ? `Verified: ${verification.entries} entries.` : `NOT VERIFIED: ${verification.problems.join(' ')}`,
  ])
  return verification.ok
}

async function sweep({ services, by, remark }: Face, id: string): Promise<readonly Finding[]> {
  const tell = progressTeller(remark)
  const running = await services.sweeps.start({ incident: id, endpoint: null, by }, (_sweep, progress) =>
    tell(progress),
  )
  const { findings } = await running.kept
  remark(findings.length === 0 ? 'Swept: nothing is wrong.' : `Swept: ${counted(findings.length, 'finding')}.`)
  return findings
}

/** Looks without keeping until nothing is wrong, then sweeps once more for the record. */
async function untilRecovered(face: Face, id: string): Promise<void> {
  const endpoint = await face.services.sweeps.findEndpoint('exercise', null)
  const deadline = Date.now() + RECOVERY_MS
  for (;;) {
    const { findings } = await face.services.sweeps.sweepOnly(endpoint, () => undefined)
    if (findings.length === 0) break
    if (Date.now() > deadline) throw notRecovered(findings)
    face.remark(`Still ${counted(findings.length, 'finding')}; looking again in ${LOOK_EVERY_MS / 1000} s.`)
    await wait(LOOK_EVERY_MS)
  }
  await sweep(face, id)
}

/** Every format; PDF only where a browser can print it, and the reason where none can. */
async function exportAll({ services, by, remark }: Face, id: string, folder: string): Promise<string[]> {
  const exporter = terminalExporter(services)
  const files: string[] = []
  for (const format of exportFormatSchema.options satisfies readonly ExportFormat[]) {
    try {
      const made = await exporter.make(id, format)
      const file = `postmortem.${format}`
      await exporter.write(id, made, join(folder, file), by)
      files.push(file)
    } catch (error) {
      if (!(error instanceof RefusalError) || error.refusal.code !== 'unsupported') throw error
      remark(`No ${format}: ${error.refusal.happened} ${error.refusal.next}`)
    }
  }
  return files
}

async function assertEmpty(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if ((await readdir(folder)).length === 0) return
  throw refuse('bad-input', {
    tried: `Practise into ${folder}`,
    happened: 'The folder is not empty. Nothing was written.',
    next: 'Name a new or an empty folder.',
  })
}

function nothingFound() {
  return refuse('bad-answer', {
    tried: 'Find the cause in the simulated system',
    happened: 'The sweep found nothing wrong, though the scenario has a fault.',
    next: 'Report it: the simulated system or a rule is broken.',
  })
}

function notRecovered(findings: readonly Finding[]) {
  return refuse('timed-out', {
    tried: 'Wait for the simulated system to recover',
    happened: `After ${RECOVERY_MS / 1000} s it still has: ${findings.map(({ title }) => title).join('; ')}.`,
    next: 'Report it: the simulated system or a rule is broken.',
  })
}
