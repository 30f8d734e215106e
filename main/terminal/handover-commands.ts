import { extname, resolve } from 'node:path'
import { type ActivityFormat, activityFormats } from '../../shared/handover/activity-log.ts'
import { cannotReach } from '../../shared/handover/cannot-reach.ts'
import { RefusalError, refuse } from '../../shared/refusal.ts'
import { gatherReach } from '../handover/gather-reach.ts'
import { Merger } from '../merge/merger.ts'
import { assertWritable } from '../merge/write-incident-file.ts'
import { writeOutside } from '../outside-file.ts'
import type { Face } from './face.ts'
import { printHeadless } from './terminal-exporter.ts'
import { plain } from './text.ts'

const asOffered = { to: null, objectives: null, hazards: null }

/** `muster brief ID [--out FILE]`: one page to hand over; without a file as Markdown on standard output. */
export async function briefCommand(face: Face, named: string, options: { out?: string }): Promise<void> {
  const { desk } = face.services
  const { id, core } = await desk.ask('find', named)
  if (options.out === undefined) {
    face.write((await desk.ask('brief', id, asOffered, 'md')).text)
    return
  }
  const format = formatOf(options.out, ['pdf', 'html', 'md'], 'Write the brief')
  const { text } = await desk.ask('brief', id, asOffered, format === 'md' ? 'md' : 'html')
  const written = await writeAs(face, { format, text, out: options.out, what: 'the brief' })
  face.say({ id, number: core.number, format, ...written }, [`Wrote the brief of ${core.number} to ${written.path}.`])
}

interface HandoverOptions {
  readonly to?: string
  readonly file?: string
  readonly objective?: readonly string[]
  readonly hazard?: readonly string[]
  readonly withoutEvidence?: boolean
  readonly withdraw?: string
}

/** `muster handover ID --to NAME [--file OUT]`: offers command at this desk, or with a file to another one. */
export async function handoverCommand(face: Face, named: string, options: HandoverOptions): Promise<void> {
  const { services, by, say, remark } = face
  const { desk, dataFolder } = services
  const { id, core } = await desk.ask('find', named)
  if (options.withdraw !== undefined) {
    await desk.ask('withdrawOffer', id, options.withdraw, by)
    say({ id, number: core.number, withdrawn: true }, [`The offer of command of ${core.number} was taken back.`])
    return
  }
  if (options.to === undefined) {
    throw refuse('bad-input', {
      tried: `Offer command of ${core.number}`,
      happened: 'It does not say to whom.',
      next: 'Name them: --to NAME. To take an offer back: --withdraw REASON.',
    })
  }
  const { to, file, objective = [], hazard = [] } = options
  const said = { to, objectives: objective, hazards: hazard }
  if (file === undefined) {
    await desk.ask('offerCommand', id, { ...said, where: 'same-desk' }, by)
    say({ id, number: core.number, to, words: null }, [
      `Command of ${core.number} is offered to ${plain(to)}. They read the brief (muster brief) and accept: muster accept ${core.number} --as ${quoted(to)}`,
    ])
    return
  }
  const out = resolve(file)
  const withEvidence = options.withoutEvidence !== true
  await assertWritable(dataFolder, id, out)
  const words = await desk.ask('offerCommand', id, { ...said, where: 'other-desk' }, by)
  const written = await new Merger(desk, dataFolder).export(id, out, withEvidence).catch((error: unknown) => {
    const again = `muster journal export ${core.number} --out FILE${withEvidence ? '' : ' --without-evidence'}`
    remark(`No file was written, but the offer to ${plain(to)} stands. Its six words must be: ${words}`)
    remark(`Write the file again: ${again}. Or take the offer back: muster handover ${core.number} --withdraw REASON.`)
    throw error
  })
  say({ id, number: core.number, to, words, file: written }, [
    `Command of ${core.number} is offered to ${plain(to)} at another desk.`,
    `Bring them ${written.path}; there: muster journal import FILE, then muster accept ${core.number}.`,
    `They read six words to you. They must be: ${words}`,
    `Then: muster release ${core.number} WORDS. Until then command and clocks stay here.`,
  ])
}

/** `muster accept ID`: who types has read the brief and has command. */
export async function acceptCommand(face: Face, named: string): Promise<void> {
  const { services, by, say, remark } = face
  const { desk, evidence } = services
  const { id, core } = await desk.ask('find', named)
  const { offer } = await desk.ask('commandStanding', id)
  await desk.ask('acceptCommand', id, by.name, by)
  const words = offer?.words ?? null
  // At once: the other desk waits for the words, whatever else fails here.
  say({ id, number: core.number, commander: by.name, words }, [
    `${plain(by.name)} has command of ${core.number}.`,
    ...(words === null ? [] : [`Read these six words to the other desk: ${words}`]),
  ])
  if (words !== null) {
    await orRemark(face, async () => {
      for (const { what, why, next } of cannotReach(await gatherReach(services, id))) {
        remark(plain(`Cannot reach: ${what}. ${why} ${next}`))
      }
    })
  }
  // As in the window: command changed hands, and with it the evidence.
  await orRemark(face, () => evidence.checkIncident(id, 'handed over', by))
}

/** Does what follows a change of command; a refusal of it is told, as command has changed hands all the same. */
async function orRemark({ remark }: Face, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error
    const { tried, happened, next } = error.refusal
    remark(plain(`${tried}: ${happened} ${next}`))
  }
}

/** `muster release ID WORDS…`: the other desk has read its six words, and has command from here on. */
export async function releaseCommand(
  { services, by, say }: Face,
  named: string,
  words: readonly string[],
): Promise<void> {
  const { id, core } = await services.desk.ask('find', named)
  await services.desk.ask('releaseCommand', id, words.join(' '), by)
  say({ id, number: core.number, looksOn: true }, [
    `The other desk has command of ${core.number}. This desk looks on and rings none of its clocks.`,
  ])
}

/** `muster take ID --reason TEXT`: takes command at a desk that looks on, without an offer. */
export async function takeCommand(face: Face, named: string, options: { reason: string }): Promise<void> {
  const { services, by, say } = face
  const { id, core } = await services.desk.ask('find', named)
  await services.desk.ask('takeCommand', id, { name: by.name, reason: options.reason }, by)
  say({ id, number: core.number, commander: by.name }, [
    `${plain(by.name)} has command of ${core.number}, at this desk.`,
  ])
  await orRemark(face, () => services.evidence.checkIncident(id, 'handed over', by))
}

interface ActivityOptions {
  readonly person: string
  readonly from?: string
  readonly to?: string
  readonly out?: string
}

/** `muster activity ID --person NAME`: what somebody said, did and wrote down (ICS 214). */
export async function activityCommand(face: Face, named: string, options: ActivityOptions): Promise<void> {
  const { services, by, say, write } = face
  const { id, core } = await services.desk.ask('find', named)
  const wanted = { name: options.person, from: options.from ?? null, to: options.to ?? null }
  if (options.out === undefined) {
    write((await services.desk.ask('activity', id, wanted, 'md', by)).text)
    return
  }
  const format: ActivityFormat = formatOf(options.out, activityFormats, 'Write the activity log')
  const { text } = await services.desk.ask('activity', id, wanted, format === 'pdf' ? 'html' : format, by)
  const written = await writeAs(face, { format, text, out: options.out, what: 'the activity log' })
  say({ id, number: core.number, person: options.person, format, ...written }, [
    `Wrote the activity log of ${plain(options.person)} to ${written.path}.`,
  ])
}

async function writeAs(
  { services }: Face,
  { format, text, out, what }: { format: string; text: string; out: string; what: string },
): Promise<{ path: string; sha256: string }> {
  const bytes = format === 'pdf' ? await printHeadless(text) : Buffer.from(text)
  return writeOutside({ dataFolder: services.dataFolder, path: resolve(out), what }, bytes)
}

/** The form that a file's ending names. */
function formatOf<Format extends string>(out: string, formats: readonly Format[], tried: string): Format {
  const ending = extname(out).slice(1).toLowerCase()
  const format = formats.find((one) => one === ending)
  if (format !== undefined) return format
  throw refuse('bad-input', {
    tried: `${tried} to ${out}`,
    happened: `Its ending says no form that Muster writes.`,
    next: `End its name in ${formats.map((one) => `.${one}`).join(', ')}.`,
  })
}

function quoted(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : `"${plain(name).replaceAll('"', '')}"`
}
