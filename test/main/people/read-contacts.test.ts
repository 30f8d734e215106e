import { ulid } from 'ulid'
import { expect, test } from 'vitest'
import { readCsvContacts } from '../../../main/people/read-csv.ts'
import { readVcardContacts } from '../../../main/people/read-vcard.ts'
import { staleDays, timeThere } from '../../../shared/people/contact.ts'
import { mergeContacts } from '../../../shared/people/import.ts'

const csv = `\uFEFFName;Job title;Company;Mobile;E-Mail;Slack;Time zone;Shoe size
Mara Stein;On-call DBA;"Shop; GmbH";+49 170 1234567 ; mara@shop.example;@mara;Europe/Berlin;38

AWS support;;AWS;not a number;;;Mars/Olympus;
;nobody;;;;;;
`
const vcards = `BEGIN:VCARD\r
VERSION:3.0\r
FN:Mara Stein\r
N:Stein;Mara;;;\r
ORG:Shop\\, GmbH;Databases\r
TITLE:DBA\r
TEL;TYPE=CELL,VOICE:+49 170 1234567\r
TEL;TYPE=WORK;TYPE=TEXT:+49 30 5550\r
EMAIL;TYPE=INTERNET,WORK:mara@shop.example\r
X-SOMETHING:42\r
NOTE:Long line that is fold\r
 ed here.\r
END:VCARD\r
BEGIN:VCARD\r
VERSION:4.0\r
FN:Jonas Weiß\r
TEL;VALUE=uri;TYPE="voice,home":tel:+1-555-0100\r
TZ:America/New_York\r
END:VCARD\r
`

test('reads a spreadsheet as Europe saves it, and tells line by line what it did not understand', () => {
  const { contacts, notUnderstood } = readCsvContacts(csv, 'people.csv')
  expect(contacts).toEqual([
    {
      name: 'Mara Stein',
      role: 'On-call DBA',
      organisation: 'Shop; GmbH',
      means: [
        { kind: 'phone', address: '+49 170 1234567', label: 'Mobile' },
        { kind: 'email', address: 'mara@shop.example', label: '' },
        { kind: 'chat', address: '@mara', label: 'Slack' },
      ],
      timeZone: 'Europe/Berlin',
      onCall: '',
      contract: '',
      note: '',
    },
    expect.objectContaining({ name: 'AWS support', organisation: 'AWS', means: [], timeZone: null }),
  ])
  expect(notUnderstood).toEqual([
    "Line 1: the column 'Shoe size' is not known; it was left out.",
    "Line 4: 'not a number' is no telephone number; it was left out.",
    "Line 4: 'Mars/Olympus' is no time zone such as Europe/Berlin; it was left out.",
    'Line 5: there is no name; it was left out.',
  ])
})

test('reads vCards of two versions', () => {
  const { contacts, notUnderstood } = readVcardContacts(vcards, 'people.vcf')
  expect(contacts[0]).toMatchObject({
    name: 'Mara Stein',
    role: 'DBA',
    organisation: 'Shop, GmbH, Databases',
    means: [
      { kind: 'phone', address: '+49 170 1234567', label: 'cell' },
      { kind: 'sms', address: '+49 30 5550', label: 'work' },
      { kind: 'email', address: 'mara@shop.example', label: 'work' },
    ],
    note: 'Long line that is folded here.',
  })
  expect(contacts[1]).toMatchObject({ name: 'Jonas Weiß', timeZone: 'America/New_York' })
  expect(contacts[1]?.means).toEqual([
    { kind: 'phone', address: '+1-555-0100', label: expect.stringContaining('home') },
  ])
  expect(notUnderstood).toEqual(["Card 1 (Mara Stein): 'X-SOMETHING' is not known; it was left out."])
})

test.each([
  ['no head line', 'Mara,+49 170 1234567\n'],
  ['a quote that never ends', 'name,phone\n"Mara,+49'],
])('refuses a table with %s, saying what to do', (_what, text) => {
  expect(() => readCsvContacts(text, 'people.csv')).toThrow(/people\.csv/)
})

test('refuses what is no vCard', () => {
  expect(() => readVcardContacts('BEGIN:VCARD\r\nhello', 'people.vcf')).toThrow(/people\.vcf/)
})

test('imported twice, contacts are there once; what the file does not say is kept', () => {
  const { contacts } = readCsvContacts(csv, 'people.csv')
  const make = { newId: ulid, now: '2026-11-21T03:00:00.000Z' }
  const first = mergeContacts([], contacts, make)
  expect(first).toMatchObject({ added: 2, updated: 0, unchanged: 0 })
  const again = mergeContacts(first.contacts, contacts, make)
  expect(again).toMatchObject({ added: 0, updated: 0, unchanged: 2 })
  expect(again.contacts).toEqual(first.contacts)
  const [mara] = contacts
  const more = {
    ...mara,
    name: 'mara stein',
    role: '',
    organisation: 'Shop; GmbH',
    means: [{ kind: 'sms' as const, address: '+49 1', label: '' }],
    timeZone: null,
    onCall: 'weekends',
    contract: '',
    note: '',
  }
  const merged = mergeContacts(first.contacts, [more], make).contacts[0]
  expect(merged).toMatchObject({ role: 'On-call DBA', onCall: 'weekends', timeZone: 'Europe/Berlin' })
  expect(merged?.means).toHaveLength(4)
})

test('says for how long nobody has confirmed a contact, and what time it is there', () => {
  const nowMs = Date.parse('2026-11-21T03:00:00Z')
  expect(staleDays({ confirmedAt: '2026-11-01T00:00:00.000Z' }, nowMs)).toBeNull()
  expect(staleDays({ confirmedAt: '2026-01-01T00:00:00.000Z' }, nowMs)).toBe(324)
  expect(timeThere('Asia/Tokyo', nowMs)).toBe('12:00')
  expect(timeThere('Mars/Olympus', nowMs)).toBeNull()
})
