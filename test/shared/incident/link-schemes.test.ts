import { expect, test } from 'vitest'
import { isOpenable, schemeOf } from '../../../shared/incident/link-schemes.ts'

test('only whole https, mailto, tel and sms addresses can be opened', () => {
  for (const good of ['https://meet.example.com/x', 'HTTPS://a', 'mailto:a@example.com', 'tel:+4917', 'sms:+4917']) {
    expect([good, isOpenable(good)]).toEqual([good, true])
  }
  const bad = ['', 'meet.example.com', 'http://a', 'ftp://a', 'javascript:alert(1)', 'https:', 'https://', 'tel:']
  for (const one of [...bad, 'https://user@', 'https://a b', 'file:///etc', 'https://a\n']) {
    expect([one, isOpenable(one)]).toEqual([one, false])
  }
})

test('the scheme is told in small letters', () => {
  expect([schemeOf('FTP://x'), schemeOf('nothing'), schemeOf('//x')]).toEqual(['ftp:', null, null])
})
