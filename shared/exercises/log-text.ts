import { chanceHex, chanceInt, chanceUnit } from './chance.ts'

const field = /%\{([a-z]+)(?::([^}]*))?\}/g
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** What a line's fields are filled from; the same input gives the same line. */
type LogTextInput = { at: number; seed: number; key: string; ipOf: (service: string) => string }

/** Each field: its argument's form, and what it writes. All times are UTC. */
const fields: Record<string, { form: RegExp; write: (argument: string, input: LogTextInput, nth: number) => string }> =
  {
    /** 2026-11-21T04:48:09.742Z */
    iso: { form: /^$/, write: (_argument, { at }) => isoOf(at) },
    /** 2026-11-21 04:48:09.742 UTC, as PostgreSQL writes it */
    pg: { form: /^$/, write: (_argument, { at }) => `${isoOf(at).slice(0, 23).replace('T', ' ')} UTC` },
    /** 21/Nov/2026:04:48:09 +0000, as access logs write it */
    clf: { form: /^$/, write: (_argument, { at }) => clfOf(at) },
    /** 2026/11/21 04:48:09, as nginx's error log writes it */
    ngx: { form: /^$/, write: (_argument, { at }) => isoOf(at).slice(0, 19).replace('T', ' ').replaceAll('-', '/') },
    /** 21 Nov 2026 04:48:09.742, as Redis writes it */
    redis: { form: /^$/, write: (_argument, { at }) => redisOf(at) },
    /** %{ip:postgres}: that service's address in the project's network */
    ip: { form: /^[a-z][a-z0-9_-]*$/, write: (argument, { ipOf }) => ipOf(argument) },
    /** %{int:1:900}: a whole number between the two, both included */
    int: { form: /^\d{1,10}:\d{1,10}$/, write: intOf },
    /** %{pick:a|b|c}: one of these */
    pick: { form: /^[^|]+(\|[^|]+)*$/, write: pickOf },
    /** %{hex:12}: so many hex digits */
    hex: {
      form: /^([1-9]|[1-5]\d|6[0-4])$/,
      write: (argument, { seed, key }, nth) => chanceHex(Number(argument), seed, key, nth),
    },
  }

/** Whether every field in the text is one of those above and of its form. */
export function isLogText(text: string): boolean {
  for (const [, name = '', argument = ''] of text.matchAll(field)) {
    if (!Object.hasOwn(fields, name) || !fields[name]?.form.test(argument)) return false
  }
  return true
}

/** The line with its fields filled in. */
export function writeLogText(text: string, input: LogTextInput): string {
  let nth = 0
  return text.replace(field, (whole: string, name: string, argument: string | undefined) => {
    nth += 1
    return Object.hasOwn(fields, name) ? (fields[name]?.write(argument ?? '', input, nth) ?? whole) : whole
  })
}

function intOf(argument: string, { seed, key }: LogTextInput, nth: number): string {
  const [low = 0, high = 0] = argument.split(':').map(Number)
  return String(chanceInt([low, high], seed, key, nth))
}

function pickOf(argument: string, { seed, key }: LogTextInput, nth: number): string {
  const choices = argument.split('|')
  return choices[Math.floor(chanceUnit(seed, key, nth) * choices.length)] ?? ''
}

function isoOf(at: number): string {
  return new Date(at).toISOString()
}

function clfOf(at: number): string {
  const iso = isoOf(at)
  return `${iso.slice(8, 10)}/${monthOf(at)}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`
}

function redisOf(at: number): string {
  const iso = isoOf(at)
  return `${iso.slice(8, 10)} ${monthOf(at)} ${iso.slice(0, 4)} ${iso.slice(11, 23)}`
}

function monthOf(at: number): string {
  return months[new Date(at).getUTCMonth()] ?? ''
}
