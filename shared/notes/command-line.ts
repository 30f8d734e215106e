import { readTypedTime, type Zone } from '../clocks/typed-time.ts'
import { nearest } from '../packs/nearest.ts'
import { type Role, roleSchema } from '../people/entries.ts'

/*
 * The grammar of the quick entry, for the window and the terminal alike:
 *
 *     text                        a note
 *     @14:05 text                 a note about an earlier time; @20min, @2026-11-20 23:50 too; also before :note, :task,
 *                                 :decide and :update
 *     :task NAME [MINUTES] text   :decide text   :update text   :impact text   :note text
 *     :sev CODE reason            :role ROLE NAME (or nobody)   :respond   :resolve
 *     ::text                      a note that begins with a colon; a space first: a note as it stands, @ or : and all
 */

/** What a line asks for. Times are ISO UTC; `happenedAt` null: now. */
export type Said =
  | { readonly is: 'empty' }
  | { readonly is: 'note' | 'decision' | 'update'; readonly text: string; readonly happenedAt: string | null }
  | {
      readonly is: 'task'
      readonly owner: string
      readonly minutes: number | null
      readonly text: string
      readonly happenedAt: string | null
    }
  | { readonly is: 'impact'; readonly text: string }
  | {
      readonly is: 'severity'
      readonly severity: string
      readonly code: string
      readonly name: string
      readonly reason: string
    }
  | { readonly is: 'role'; readonly role: Role; readonly name: string | null }
  | { readonly is: 'respond' }
  /** Asked for, never done by a typed line: whoever reads it shows how an incident is ended. */
  | { readonly is: 'resolve' }
  | Wrong

/** A line that cannot be logged: `happened` says why, `next` what to type. `unfinished`: it is right as far as it goes. */
export interface Wrong {
  readonly is: 'wrong'
  readonly unfinished: boolean
  readonly happened: string
  readonly next: string
}

/** What reading a line needs to know. */
export interface LineContext {
  readonly nowMs: number
  readonly zone: Zone
  /** The severities of the incident's pack; none where it is not known. */
  readonly severities: readonly { readonly id: string; readonly code: string; readonly name: string }[]
  /** Names to offer, the likeliest first. */
  readonly people: readonly string[]
}

const commands = {
  task: ':task NAME 10 what to do',
  decide: ':decide what was decided',
  sev: ':sev CODE why',
  update: ':update what was said',
  impact: ':impact what customers notice',
  note: ':note what happened',
  role: ':role commander NAME',
  respond: ':respond',
  resolve: ':resolve',
} as const

type CommandWord = keyof typeof commands

/** Every command with what to type for it. */
export const commandForms: readonly string[] = Object.values(commands)

const aliases: Readonly<Record<string, CommandWord>> = {
  severity: 'sev',
  decision: 'decide',
  decided: 'decide',
  ack: 'respond',
  log: 'note',
}

const MAX_TEXT = 20_000
const MAX_NOTE = 100_000
const MAX_NAME = 200
const MAX_MINUTES = 1_440

/** Reads a line as typed. Never fails: what cannot be logged says what is missing. */
export function readLine(typed: string, context: LineContext): Said {
  const text = typed.trim()
  if (text === '') return { is: 'empty' }
  if (/^\s+[:@]/.test(typed)) return noteOf(text, null)
  if (!text.startsWith('@')) return readAt(text, null, context)
  const [, word = '', rest = ''] = /^@(\d{4}-\d{1,2}-\d{1,2} \d\S*|\S*)\s*([\s\S]*)$/.exec(text) ?? []
  const time = readTypedTime(word, context.nowMs, context.zone)
  if (time.is === 'wrong') {
    return time.why === 'future'
      ? wrong('That lies in the future.', 'Write when it happened.')
      : wrong(
          `'@${word}' is no time.`,
          'Write @14:05 or @20min, then what happened; a space first logs it as it stands.',
        )
  }
  if (rest === '') return unfinished('It does not say what happened yet.', 'Write what happened after the time.')
  return readAt(rest, time.is === 'time' ? time.iso : null, context)
}

function readAt(text: string, happenedAt: string | null, context: LineContext): Said {
  if (text.startsWith('::')) return noteOf(text.slice(1), happenedAt)
  if (!text.startsWith(':')) return noteOf(text, happenedAt)
  const [, word = '', rest = ''] = /^:(\S*)\s*([\s\S]*)$/.exec(text) ?? []
  if (word === '')
    return unfinished('A colon begins a command.', `Type ${listed(Object.keys(commands))}; :: for a colon.`)
  const command = commandOf(word)
  if (command === null) return unknownCommand(word)
  const said = readers[command](rest, context, happenedAt)
  if (happenedAt === null || said.is === 'wrong' || 'happenedAt' in said) return said
  return wrong(
    `:${command} holds from the moment it is logged.`,
    'Leave the time out, or log a note about the earlier time.',
  )
}

type Reader = (rest: string, context: LineContext, happenedAt: string | null) => Said

const readers: Readonly<Record<CommandWord, Reader>> = {
  task: readTask,
  decide: (rest, _context, happenedAt) => withText('decide', rest, (text) => ({ is: 'decision', text, happenedAt })),
  update: (rest, _context, happenedAt) => withText('update', rest, (text) => ({ is: 'update', text, happenedAt })),
  impact: (rest) => withText('impact', rest, (text) => ({ is: 'impact', text })),
  note: (rest, _context, happenedAt) =>
    rest === '' ? unfinishedForm('note', 'It does not say what happened yet.') : noteOf(rest, happenedAt),
  sev: readSeverity,
  role: readRole,
  respond: (rest) => alone('respond', rest),
  resolve: (rest) => alone('resolve', rest),
}

function readTask(rest: string, _context: LineContext, happenedAt: string | null): Said {
  if (rest === '') return unfinishedForm('task', 'It does not say whose task it is yet.')
  const [, quoted, bare = '', after = ''] = /^(?:"([^"]*)"|(\S+))(?:\s+([\s\S]*))?$/.exec(rest) ?? []
  const owner = (quoted ?? bare).trim()
  if (quoted === undefined && bare.startsWith('"')) return unfinished('The name has no end yet.', 'Close it with ".')
  if (owner === '') return wrong('The name is empty.', `Type ${commands.task}.`)
  if (owner.length > MAX_NAME) return wrong(`The name is longer than ${MAX_NAME} characters.`, `Type ${commands.task}.`)
  const timed = /^(\d+)(m|min|h)?(?:\s+([\s\S]*))?$/.exec(after)
  const untimed = /^-(?:\s+([\s\S]*))?$/.exec(after)
  const minutes = timed === null ? null : Number(timed[1]) * (timed[2] === 'h' ? 60 : 1)
  const text = (timed === null ? (untimed === null ? after : (untimed[1] ?? '')) : (timed[3] ?? '')).trim()
  if (minutes !== null && (minutes < 1 || minutes > MAX_MINUTES)) {
    return wrong(`${minutes} minutes is no time to ask back in.`, `Give 1 to ${MAX_MINUTES} minutes, or - for none.`)
  }
  return withText('task', text, () => ({ is: 'task', owner, minutes, text, happenedAt }))
}

function readSeverity(rest: string, { severities }: LineContext): Said {
  const codes = severities.map(({ code }) => code)
  if (codes.length === 0) return wrong('The runbook of this incident is not here.', 'Set the severity where it is.')
  if (rest === '') return unfinished('It does not say which severity yet.', `Type one of ${listed(codes)}, then why.`)
  const found = severityAt(rest, severities)
  if (found === null) {
    const [word = ''] = rest.split(/\s/)
    const meant = nearest(word, codes)
    return wrong(
      `This runbook has no severity '${word}'.`,
      meant === null
        ? `Type one of ${listed(codes)}, then why.`
        : `Did you mean :sev ${meant}? It has ${listed(codes)}.`,
    )
  }
  const { severity, reason } = found
  if (reason === '') return unfinished(`${severity.code} ${severity.name}.`, 'Add why, in a few words.')
  if (reason.length > MAX_TEXT) return tooLong(MAX_TEXT)
  return { is: 'severity', severity: severity.id, code: severity.code, name: severity.name, reason }
}

type Severity = LineContext['severities'][number]

/** By code, id or name, else by the number in a code where only one has it: 'P2', 'Sev 2', 'high', '2'. */
function severityAt(rest: string, severities: readonly Severity[]): { severity: Severity; reason: string } | null {
  const begins = (word: string) =>
    rest.toLowerCase().startsWith(word.toLowerCase()) && /^(\s|$)/.test(rest.slice(word.length))
  const named = severities
    .flatMap((severity) => [severity.code, severity.id, severity.name].map((word) => ({ severity, word })))
    .filter(({ word }) => begins(word))
    .toSorted((a, b) => b.word.length - a.word.length)[0]
  if (named !== undefined) return { severity: named.severity, reason: rest.slice(named.word.length).trim() }
  const [number = ''] = /^\d+(?=\s|$)/.exec(rest) ?? []
  const numbered = severities.filter(({ code }) => number !== '' && code.replaceAll(/\D/g, '') === number)
  const [only] = numbered
  if (only === undefined || numbered.length > 1) return null
  return { severity: only, reason: rest.slice(number.length).trim() }
}

function readRole(rest: string): Said {
  const roles = roleSchema.options
  const [, word = '', after = ''] = /^(\S*)\s*([\s\S]*)$/.exec(rest) ?? []
  if (word === '') return unfinished('It does not say which role yet.', `Type one of ${listed(roles)}, then a name.`)
  const role = roles.find((known) => known === word.toLowerCase()) ?? (/^comms?$/i.test(word) ? 'communications' : null)
  if (role === null) {
    const meant = nearest(word, roles) ?? roles.find((known) => known.startsWith(word.toLowerCase())) ?? null
    return wrong(
      `There is no role '${word}'.`,
      meant === null ? `Type one of ${listed(roles)}.` : `Did you mean :role ${meant}?`,
    )
  }
  const name = after.replaceAll(/^"|"$/g, '').trim()
  if (name === '') return unfinished('It does not say who yet.', `Type :role ${role} NAME, or nobody.`)
  if (name.length > MAX_NAME) return wrong(`The name is longer than ${MAX_NAME} characters.`, 'Shorten it.')
  return { is: 'role', role, name: name.toLowerCase() === 'nobody' ? null : name }
}

function alone(command: 'respond' | 'resolve', rest: string): Said {
  if (rest === '') return { is: command }
  return wrong(`:${command} stands alone.`, `Type :${command}; log the rest as a note.`)
}

function withText(command: CommandWord, text: string, said: (text: string) => Said): Said {
  if (text === '') return unfinishedForm(command, 'It does not say what yet.')
  return text.length > MAX_TEXT ? tooLong(MAX_TEXT) : said(text)
}

function noteOf(text: string, happenedAt: string | null): Said {
  return text.length > MAX_NOTE ? tooLong(MAX_NOTE) : { is: 'note', text, happenedAt }
}

function commandOf(word: string): CommandWord | null {
  const wanted = word.toLowerCase()
  if (Object.hasOwn(commands, wanted)) return wanted as CommandWord
  return Object.hasOwn(aliases, wanted) ? (aliases[wanted] ?? null) : null
}

function unknownCommand(word: string): Wrong {
  const words = Object.keys(commands) as CommandWord[]
  const begun = words.filter((command) => command.startsWith(word.toLowerCase()))
  if (begun.length > 0) {
    return unfinished(`:${word} is not whole yet.`, `Type ${listed(begun.map((one) => commands[one]))}.`)
  }
  const meant = nearest(word, words) ?? commandOf(nearest(word, Object.keys(aliases)) ?? '')
  const colon = 'Begin with :: to log a note that begins with a colon.'
  if (meant === null) return wrong(`There is no command :${word}.`, `There are ${listed(words)}. ${colon}`)
  return wrong(`There is no command :${word}.`, `Did you mean ${commands[meant as CommandWord]}? ${colon}`)
}

function wrong(happened: string, next: string): Wrong {
  return { is: 'wrong', unfinished: false, happened, next }
}

function unfinished(happened: string, next: string): Wrong {
  return { is: 'wrong', unfinished: true, happened, next }
}

function unfinishedForm(command: CommandWord, happened: string): Wrong {
  return unfinished(happened, `Type ${commands[command]}.`)
}

function tooLong(most: number): Wrong {
  return wrong(`It is longer than ${most.toLocaleString('en')} characters.`, 'Shorten it, or attach it as a file.')
}

function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`
}
