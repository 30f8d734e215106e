import { parse } from 'csv-parse/sync'
import { messageOf } from '../../shared/message-of.ts'
import type { Means } from '../../shared/people/contact.ts'
import type { ReadContact, ReadContacts } from '../../shared/people/import.ts'
import { refuse } from '../../shared/refusal.ts'
import { checkedContact, emptyContact } from './checked-contact.ts'

type Field = 'name' | 'firstName' | 'lastName' | 'role' | 'organisation' | 'timeZone' | 'onCall' | 'contract' | 'note'

/** How columns are headed, in lower case without blanks and signs: by people, by address books, by on-call tools. */
const fields: Readonly<Record<string, Field>> = {
  ...{ name: 'name', fullname: 'name', displayname: 'name', contact: 'name', person: 'name' },
  ...{
    firstname: 'firstName',
    givenname: 'firstName',
    lastname: 'lastName',
    familyname: 'lastName',
    surname: 'lastName',
  },
  ...{ role: 'role', title: 'role', jobtitle: 'role', position: 'role', function: 'role' },
  ...{ organisation: 'organisation', organization: 'organisation', company: 'organisation', team: 'organisation' },
  ...{ vendor: 'organisation', timezone: 'timeZone', tz: 'timeZone', zone: 'timeZone' },
  ...{ oncall: 'onCall', hours: 'onCall', availability: 'onCall', rota: 'onCall', schedule: 'onCall' },
  ...{ contract: 'contract', contractnumber: 'contract', customernumber: 'contract', supportid: 'contract' },
  ...{ note: 'note', notes: 'note', comment: 'note', remarks: 'note' },
}
const means: Readonly<Record<string, Means['kind']>> = {
  ...{ phone: 'phone', phonenumber: 'phone', tel: 'phone', telephone: 'phone', mobile: 'phone', cell: 'phone' },
  ...{ mobilephone: 'phone', workphone: 'phone', businessphone: 'phone', homephone: 'phone', landline: 'phone' },
  ...{ sms: 'sms', text: 'sms', email: 'email', emailaddress: 'email', mail: 'email', workemail: 'email' },
  ...{ chat: 'chat', slack: 'chat', teams: 'chat', mattermost: 'chat', signal: 'chat', matrix: 'chat' },
  ...{ pager: 'pager', pagerduty: 'pager', opsgenie: 'pager', other: 'other' },
}
const MOST_ROWS = 5_000

/**
 * Contacts out of a CSV with a head line: commas, semicolons or tabs, quotes as RFC 4180 has them, with or without a byte
 * order mark. Columns and cells that are not understood are told by line; refused is only what is no table at all.
 */
export function readCsvContacts(text: string, file: string): ReadContacts {
  const rows = tableOf(text, file)
  const [head, ...lines] = rows
  if (head === undefined) return { contacts: [], notUnderstood: [] }
  const columns = head.cells.map((title) => ({
    title: title.trim(),
    plain: title.toLowerCase().replaceAll(/[^a-z]/g, ''),
  }))
  if (!columns.some(({ plain }) => fields[plain] === 'name' || fields[plain] === 'lastName')) {
    throw refuse('bad-input', {
      tried: `Read contacts from ${file}`,
      happened: `Its first line names no column 'name': it has ${columns.map(({ title }) => `'${title}'`).join(', ')}.`,
      next: 'Give the columns a head line: name, role, organisation, phone, email, time zone, on call, contract, note.',
    })
  }
  const strange = columns.filter(({ plain }) => fields[plain] === undefined && means[plain] === undefined)
  const notUnderstood = strange.map(({ title }) => `Line 1: the column '${title}' is not known; it was left out.`)
  const contacts: ReadContact[] = []
  for (const { cells, line } of lines) {
    const checked = checkedContact(contactOf(columns, cells), `Line ${line}`)
    notUnderstood.push(...checked.notUnderstood)
    if (checked.contact !== null) contacts.push(checked.contact)
  }
  return { contacts, notUnderstood }
}

function tableOf(text: string, file: string): { cells: string[]; line: number }[] {
  try {
    const rows = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      max_record_size: 65_536,
      relax_column_count: true,
      skip_empty_lines: true,
      to: MOST_ROWS,
      trim: true,
    }) as unknown as { record: string[]; info: { lines: number } }[]
    return rows.map(({ record, info }) => ({ cells: record, line: info.lines }))
  } catch (error) {
    throw refuse('bad-input', {
      tried: `Read contacts from ${file}`,
      happened: messageOf(error),
      next: 'Save it as CSV (comma separated, UTF-8) and try again.',
      cause: error,
    })
  }
}

/** Spreadsheets of half of Europe separate by semicolons: the sign that the head line has most of. */
function delimiterOf(text: string): string {
  const head = text.slice(0, Math.max(0, text.search(/[\r\n]/)) || 4_096)
  const count = (sign: string) => head.split(sign).length
  return [',', ';', '\t'].toSorted((a, b) => count(b) - count(a))[0] ?? ','
}

function contactOf(columns: readonly { plain: string; title: string }[], cells: readonly string[]): ReadContact {
  const said: Partial<Record<Field, string>> = {}
  const ways: Means[] = []
  for (const [index, { plain, title }] of columns.entries()) {
    const cell = cells[index]?.trim() ?? ''
    const field = fields[plain]
    const kind = means[plain]
    if (cell === '') continue
    if (field !== undefined) said[field] = said[field] === undefined ? cell : `${said[field]} ${cell}`
    else if (kind !== undefined) {
      for (const address of cell.split(/\s*[;|]\s*/))
        if (address !== '') ways.push({ kind, address, label: labelOf(title, kind) })
    }
  }
  const { name, firstName, lastName, timeZone, ...rest } = said
  return {
    ...emptyContact,
    ...rest,
    name: name ?? [firstName, lastName].filter((part) => part !== undefined).join(' '),
    timeZone: timeZone ?? null,
    means: ways,
  }
}

function labelOf(title: string, kind: Means['kind']): string {
  return title.toLowerCase().replaceAll(/[^a-z]/g, '') === kind ? '' : title
}
