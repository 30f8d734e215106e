/** How surely a name says that its value is a secret: a password's always is, a token's or secret's unless it counts or names one. */
export type Family = 'password' | 'token'

const passwordNames =
  /(?:passwords?|passwds?|passphrase|pwd|userpass|dbpass|rootpass|adminpass|apppass|smtppass|mysqlpass|pgpass|requirepass|masterauth|sshpass)\d{0,3}$/
const tokenNames =
  /(?:secrets?|tokens?|apikeys?|accesskeys?|secretkeys?|privatekeys?|signingkeys?|encryptionkeys?|masterkeys?|accountkeys?|sharedkeys?|authkeys?|integrationkeys?|routingkeys?|servicekeys?|secretaccesskeys?|credentials?|authtokens?|connectionstrings?|otps?|totpseeds?|sessionids?|jsessionids?|phpsessids?|licensekeys?|deploykeys?|webhookurls?|webhooksecrets?|storagekeys?|hmackeys?|jwtkeys?|aeskeys?|kmskeys?)\d{0,3}$/
const bareAuth = /(?:^|[-_.])(?:auth|key|pass)$/i

/** What a name is for, without how it is spelt: DB_PASSWORD, dbPassword and db.password are one. */
function plainName(name: string): string {
  return name.replaceAll(/[-_.]/g, '').toLowerCase()
}

/** Whose value is a secret by its name; null for any other (`secretName`, `token_ttl`, `passwordFile`, `max_tokens` among them). */
export function familyOf(name: string): Family | null {
  const known = remembered.get(name)
  if (known !== undefined) return known
  const family = judgeName(name)
  if (remembered.size >= MOST_REMEMBERED) remembered.clear()
  remembered.set(name, family)
  return family
}

/** The same few names come again and again: judging one takes longer than all else that is done for a line. */
const remembered = new Map<string, Family | null>()
const MOST_REMEMBERED = 2_000

function judgeName(name: string): Family | null {
  if (name.length > 80) return null
  const plain = plainName(name)
  if (passwordNames.test(plain)) return 'password'
  if (/(?:max|min|num|total|prompt|completion|input|output|used|cached)tokens?$/.test(plain)) return null
  if (tokenNames.test(plain)) return 'token'
  return null
}

/** `STRIPE_KEY`, `REGISTRY_AUTH`, `SMTP_PASS`: names that may mean anything; their value must look the part. */
export function isVagueName(name: string): boolean {
  return bareAuth.test(name) && name.length > 3
}

const placeholder =
  /^(?:null|none|nil|undefined|true|false|yes|no|on|off|n\/a|\*+|x{3,}|\.{2,}|-+|<[^>]*>|\$\{[^}]*\}|\$\([^)]*\)|\$[A-Z_][A-Z0-9_]*|\{\{.*\}\}|%[a-z+#]*[a-z]|\[masked: [^\]]*\]?|\[?redacted\]?|\(.*\)|\{\w*\})$/i
const status =
  /^(?:invalid|expired?s?|missing|required|incorrect|wrong|fail(?:ed|ure)?|denied|ok|valid|present|absent|empty|(?:un)?set|unknown|disabled|enabled|changed|reset|updated|accepted|rejected|hidden|masked|filtered|protected|encrypted|revoked|rotated|refreshed|mismatch(?:ed)?|not|is|was|has|the|a|an|for|and|or|must|cannot|should|will|may|to|of|in|from|with|file|env|vault|auth|authentication|authorization|validation|error|bearer|basic|string|number|boolean|object|required\.|invalid\.|expired\.)[.,;:!]?$/i
const number = /^\d{1,7}(?:\.\d+)?(?:ms|s|m|h|d|%)?$/
const kubernetesName = /^[a-z][a-z]*(?:-[a-z]+)*$/
const path = /^(?:\.{0,2}\/|[a-z]:\\|file:|env:|vault:|arn:aws:(?:secretsmanager|ssm):)/i

/** How a value stands behind its name: in quotes, behind `=` or a flag, or behind a colon as in YAML or prose. */
export type Standing = 'quoted' | 'assigned' | 'stated'

/** No word about a secret, placeholder or name is longer (RFC 1123: 253 characters). */
const LONGEST_WORD = 253

/** Whether what stands behind a secret's name is the secret, rather than a word about it. `more`: whether words follow. */
export function isSecretValue(family: Family, value: string, standing: Standing, more: boolean): boolean {
  if (value === '' || path.test(value)) return false
  if (value.length > LONGEST_WORD) return true
  if (placeholder.test(value)) return false
  if (standing !== 'quoted' && status.test(value)) return false
  if (family === 'token') {
    if (value.length < 4 || number.test(value)) return false
    if (kubernetesName.test(value)) return false
  }
  // Prose goes on after the word; a password that is stated stands at the end of its line.
  return !(standing === 'stated' && more && /^[a-z]+$/i.test(value))
}

/** As much of a value is looked at as tells what it is like. */
const LOOKED_AT = 256

/** Whether a value looks like a key by itself: long, of mixed characters, and no word. */
export function looksRandom(value: string): boolean {
  if (value.length < 12 || value.length > 4_096 || path.test(value)) return false
  const begin = value.slice(0, LOOKED_AT)
  if (value.length <= LOOKED_AT && placeholder.test(value)) return false
  const kinds = [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(begin)).length
  return kinds >= 2 && entropyOf(begin) >= 3
}

/** Shannon's entropy in bits a character. */
function entropyOf(text: string): number {
  const counts = new Map<number, number>()
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}
