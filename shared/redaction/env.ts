import { familyOf, isVagueName, looksRandom } from './secret-names.ts'

const switches =
  /^(?:true|false|yes|no|on|off|none|null|auto|default|production|development|staging|test|debug|info|warn|warning|error|trace|utf-?8|c|posix|utc|enabled|disabled)$/i
const numbers = /^-?\d{1,6}(?:\.\d{1,4})?(?:ms|s|m|h|d|k|kb|kib|mb?|mib|gb?|gib|%)?$/i
const version = /^v?\d{1,4}(?:\.\d{1,5}){1,3}(?:[-+][a-z0-9.]{1,20})?$/i
const folders = /^(?:\/[\w.@+-]*)+(?::(?:\/[\w.@+-]*)+)*$/
const host = /^(?:[a-z][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){0,8}|\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?$/
const locale = /^[a-z]{2}_[A-Z]{2}(?:\.[A-Za-z0-9-]+)?$|^[A-Z][a-z]+\/[A-Za-z_]+$/
const hostNames =
  /(?:^|_)(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS|ENDPOINT|NODE|DOMAIN|BIND|LISTEN|SERVICE|BROKERS?|PEERS?)$/i

/**
 * Whether the value of an environment variable may be read by everyone who sees the evidence: a switch, a number, a
 * version, folders, a locale, or a host under a name that says so. Never one under a secret's name, nor one that looks
 * random; what cannot be told is not harmless.
 */
export function isHarmlessEnv(name: string, value: string): boolean {
  if (familyOf(name) !== null || isVagueName(name)) return false
  if (switches.test(value) || numbers.test(value) || version.test(value) || locale.test(value)) return true
  if (value.length > 1_000 || looksRandom(value)) return folders.test(value) && value.includes('/', 1)
  return folders.test(value) || (hostNames.test(name) && host.test(value))
}
