import { expect, it } from 'vitest'
import type { Contact } from '../../../shared/people/contact.ts'
import { reachOf, urlOf, wayBy } from '../../../shared/people/reach.ts'
import { richPack } from '../clocks/rich-pack.ts'

const MARA = '01KBZ0000000000000000000M1'
const pack = richPack()

function contact(parts: Partial<Contact>): Contact {
  const plain = {
    organisation: '',
    timeZone: null,
    onCall: '',
    contract: '',
    note: '',
    confirmedAt: '2026-11-01T00:00:00.000Z',
  }
  return { id: MARA, name: 'Mara Stein', role: '', means: [], ...plain, ...parts }
}

const mara = contact({
  role: 'Senior',
  means: [
    { kind: 'phone', address: '+49 170 555 0100', label: 'home' },
    { kind: 'email', address: 'mara@shop.example', label: '' },
  ],
})

it('finds the contact of the vault behind the person whom the overlay names', () => {
  const people = { lead: [{ id: 'mara', name: 'M. Stein', contact: MARA, addresses: [] }] }
  const reach = reachOf({ effective: { pack, people }, contacts: [mara], vault: 'open', self: 'mara stein' })
  expect(reach.roles['lead']).toMatchObject([{ name: 'Mara Stein', numbers: 'known', contact: MARA }])
  expect(reach.callBack).toBe('+49 170 555 0100')
})

it('takes a contact of that role where the overlay names nobody', () => {
  const reach = reachOf({ effective: { pack, people: {} }, contacts: [mara], vault: 'open', self: null })
  expect(Object.keys(reach.roles)).toEqual(['senior'])
  expect(wayBy(reach.roles['senior']![0]!, 'email')?.url).toBe('mailto:mara@shop.example')
  expect(wayBy(reach.roles['senior']![0]!, 'pager')?.url).toBe('tel:+491705550100')
})

it('names who it is while the vault is locked, and says that the numbers are in it', () => {
  const people = {
    lead: [{ id: 'mara', name: 'Mara Stein', contact: MARA, addresses: [] }],
    senior: [{ id: 'ben', name: 'Ben', addresses: [{ means: 'chat' as const, value: '@ben' }] }],
  }
  const { roles } = reachOf({ effective: { pack, people }, contacts: null, vault: 'locked', self: null })
  expect(roles['lead']).toMatchObject([{ name: 'Mara Stein', numbers: 'locked', ways: [] }])
  expect(roles['senior']).toMatchObject([{ name: 'Ben', numbers: 'known', ways: [{ means: 'chat', url: null }] }])
})

it('makes links that a system opens, and none of what it cannot', () => {
  expect(urlOf('phone', '(030) 12 34-5 ext. 7')).toBe('tel:03012345;ext=7')
  expect(urlOf('sms', '+1 555 0100')).toBe('sms:+15550100')
  expect(urlOf('email', 'a@b.example?bcc=c@d.example')).toBeNull()
  expect(urlOf('chat', 'https://chat.example/ops')).toBe('https://chat.example/ops')
  expect(urlOf('chat', 'javascript:alert(1)')).toBeNull()
  expect(urlOf('pager', '12345')).toBeNull()
})
