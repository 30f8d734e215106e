import type { CredentialTest } from '../../shared/vault/credential.ts'
import { bad, good } from './credential-test.ts'

/** `scheme://user:password@host:port,host:port/name?options`, as drivers of databases read it: several hosts are allowed. */
const databaseUrl = /^([a-z][a-z0-9+.-]*):\/\/(?:([^/?#@]*)@)?([^/?#@]*)(?:\/([^?#]*))?/i
const pair = /(?:^|[;\s])\s*([a-z][a-z0-9_ ]*?)\s*=\s*('[^']*'|"[^"]*"|[^;\s]*)/gi

/** The address of a database: whether it can be read as one, and what is missing. */
export function testDatabaseUrl(value: string): CredentialTest {
  const trimmed = value.trim()
  const [, scheme, login, hosts = '', path = ''] = databaseUrl.exec(trimmed) ?? []
  if (scheme === undefined) return testPairs(trimmed)
  if (login === undefined && trimmed.includes('@')) {
    return bad('A sign in its password ends the address too soon: write @ as %40, / as %2F, # as %23, ? as %3F.')
  }
  if (hosts === '' && scheme.toLowerCase() !== 'sqlite') return bad('It names no host.')
  const [user = '', ...password] = (login ?? '').split(':')
  return facts({ of: scheme, hosts, name: path, user, hasPassword: password.join(':') !== '' })
}

/** `Host=…;Password=…` (ADO.NET) or `host=… password=…` (libpq). */
function testPairs(value: string): CredentialTest {
  const pairs = new Map(Array.from(value.matchAll(pair), ([, name = '', said = '']) => [name.toLowerCase(), said]))
  const first = (...names: string[]) => names.map((name) => pairs.get(name)).find((said) => said !== undefined) ?? ''
  const hosts = first('host', 'server', 'data source', 'hostaddr', 'address')
  if (hosts === '')
    return bad('It is no address of a database: neither scheme://user:password@host/name nor host=… password=…')
  const hasPassword = first('password', 'pwd') !== ''
  const user = first('user', 'user id', 'uid', 'username')
  return facts({ of: 'a database', hosts, name: first('dbname', 'database', 'initial catalog'), user, hasPassword })
}

function facts(said: {
  readonly of: string
  readonly hosts: string
  readonly name: string
  readonly user: string
  readonly hasPassword: boolean
}): CredentialTest {
  const { of, hosts, name, user, hasPassword } = said
  const reads = `It reads as ${of} at ${hosts}${name === '' ? '' : `, ${name}`}${user === '' ? '' : `, as ${decoded(user)}`}.`
  const open = 'Whether it opens only the database can say: nothing was sent.'
  return hasPassword ? good(reads, open) : good(reads, 'There is no password in it.', open)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The address of a webhook: https, and a host. Its path is the secret, so it is not told. */
export function testWebhook(value: string): CredentialTest {
  const address = URL.parse(value.trim())
  if (address === null || !/^https?:$/.test(address.protocol)) return bad('It is no web address.')
  if (address.protocol === 'http:') return bad(`It would be sent to ${address.host} unencrypted: use https.`)
  if (address.pathname === '/' && address.search === '') return bad(`It names ${address.host} and nothing behind it.`)
  return good(`It is an address at ${address.host}.`, 'Whether it is taken only a message can show: nothing was sent.')
}
