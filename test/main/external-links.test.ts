import { describe, expect, test } from 'vitest'
import { readExternalLink } from '../../main/external-links.ts'

const good = [
  ['https://grafana.example.com/d/x?var=1&b=%20#panel', 'https://grafana.example.com/d/x?var=1&b=%20#panel'],
  ['HTTPS://Example.COM:8443/A', 'https://example.com:8443/A'],
  ['https://10.0.0.7/status', 'https://10.0.0.7/status'],
  ['https://bücher.example/ü', 'https://xn--bcher-kva.example/%C3%BC'],
  ['mailto:duty@example.com?subject=INC-1&body=text', 'mailto:duty@example.com?subject=INC-1&body=text'],
  ['mailto:a@example.com,b@example.com', 'mailto:a@example.com,b@example.com'],
  ['tel:+49(30)123-456', 'tel:+49(30)123-456'],
  ['tel:112', 'tel:112'],
  ['sms:+4915112345?body=INC-1', 'sms:+4915112345?body=INC-1'],
] as const

const schemes = [
  'file',
  'smb',
  'javascript',
  'data',
  'vbscript',
  'ftp',
  'http',
  'ws',
  'wss',
  'blob',
  'about',
  'chrome',
  'app',
  'ms-msdt',
  'ms-officecmd',
  'ms-word',
  'ms-excel',
  'ms-settings',
  'ms-appinstaller',
  'search-ms',
  'shell',
  'ldap',
  'jar',
  'view-source',
  'filesystem',
  'intent',
  'steam',
  'zoommtg',
  'vscode',
  'ssh',
  'telnet',
  'nfs',
  'afp',
  'dav',
  'x-apple.systempreferences',
  'facetime',
  'skype',
  'callto',
  'slack',
  'git',
  'svn',
  'gopher',
  'irc',
  'magnet',
  'help',
  'itms-services',
  'hcp',
  'res',
  'mk',
  'its',
  'onenote',
  'tg',
  'whatsapp',
  'bitcoin',
  'webcal',
  'xmpp',
  'sip',
  'news',
]

const rests = [
  '//example.com/x',
  '/etc/passwd',
  '//server/share/x.exe',
  'alert(1)',
  '/id PCWDiagnostic /skip force /param "IT_BrowseForFile=/../../calc.exe"',
  '\\\\server\\share',
]

const tricks = [
  'https://user@example.com/',
  'https://user:pass@example.com/',
  'https://@example.com/',
  'https://:@example.com/',
  'https://example.com@evil.example/',
  'https:example.com',
  'https:/example.com',
  'https:\\\\example.com\\x',
  'https:///example.com',
  'https://',
  'https://exa mple.com/',
  ' https://example.com/',
  'https://example.com/ ',
  'https://example.com/\n',
  'https://example.com/\0',
  'https://example.com/\u202egpj.exe',
  'https://example.com/\u200b',
  'https://example.com/\u0007',
  'https://example.com\t/',
  "https://example.com/'",
  'https://example.com/|x',
  'https://example.com/\\..\\..',
  '\\\\server\\share\\x.exe',
  '//server/share',
  '/etc/passwd',
  'C:\\Windows\\calc.exe',
  '-x',
  '--help',
  '',
  ' ',
  'example.com',
  'https',
  ':',
  '#',
  '?',
  `https://example.com/${'x'.repeat(3_000)}`,
  'mailto:',
  'mailto:a',
  'mailto:a@b.c?attach=/etc/passwd',
  'mailto:a@b.c?attachment=/etc/passwd',
  'mailto:a@b.c?ATTACH=x',
  'mailto:--help@b.c x',
  'mailto:a@b.c%0d%0aBcc:x@y.z',
  'mailto:a@b.c?bcc=x@y.z',
  'mailto:"a b"@b.c',
  'mailto:a@b.c#x',
  'mailto://a@b.c',
  'mailto:/etc/passwd',
  'tel:',
  'tel:*#06#',
  'tel:*%2306%23',
  'tel:abc',
  'tel:+1;rm',
  'tel:+1?x=1',
  'tel://1',
  'tel:1 2',
  'sms:',
  'sms:x',
  'sms:1?x=1',
  'sms://1',
]

/** Characters that a shell would read, and what is passed on of them. */
const misread = [
  ['https://example.com/"&calc&"', 'https://example.com/%22&calc&%22'],
  ['https://example.com/`id`', 'https://example.com/%60id%60'],
  ['https://example.com/<x>', 'https://example.com/%3Cx%3E'],
  ['https://example.com/^x', 'https://example.com/%5Ex'],
  ['https://example.com/{x}', 'https://example.com/%7Bx%7D'],
] as const

const hostile = [
  ...tricks,
  ...schemes.flatMap((scheme) => rests.flatMap((rest) => [`${scheme}:${rest}`, `${scheme.toUpperCase()}:${rest}`])),
]

describe('a link to the outside', () => {
  test.each(good)('%s is opened in its normal form', (text, url) => {
    expect(readExternalLink(text)).toEqual({ url })
  })

  test.each(misread)('%s is passed on with nothing for a shell to read', (text, url) => {
    expect(readExternalLink(text)).toEqual({ url })
  })

  test('is refused in every hostile form', () => {
    expect(hostile.length).toBeGreaterThan(500)
    expect(hostile.filter((text) => 'url' in readExternalLink(text))).toEqual([])
  })

  test('is refused with what to do next, and without repeating hidden characters', () => {
    const read = readExternalLink('file:///etc/\u202epasswd')
    expect(read).toMatchObject({ refusal: { code: 'not-allowed', tried: 'Open file:///etc/?passwd' } })
  })
})

test('a refusal names a link to a person by its scheme, without the number', () => {
  const refused = readExternalLink('tel:+49 170 5550100')
  expect(refused).toMatchObject({ refusal: { tried: 'Open the tel link' } })
  expect(JSON.stringify(refused)).not.toContain('5550100')
})
