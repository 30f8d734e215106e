import { z } from 'zod'
import type { CredentialTest } from '../../shared/vault/credential.ts'
import { secretsIn } from '../../shared/redaction/text-rules.ts'
import { bad, good, notTested } from './credential-test.ts'

const askItsTarget = 'Whether it is accepted only its service can say: nothing was sent.'
const claimsSchema = z.looseObject({ exp: z.number().optional(), nbf: z.number().optional() })

/** A token: when a JSON web token runs out, else whose form it has. */
export function testToken(value: string, nowMs: number): CredentialTest {
  if (value !== value.trim() || /\s/.test(value)) {
    return bad('It begins or ends with a blank, or holds one: it was not copied as a token is.')
  }
  const claims = claimsOf(value)
  if (claims !== null) return testClaims(claims, nowMs)
  const [found] = secretsIn(value)
  if (found?.from === 0 && found.to === value.length) return good(`It has the form of a ${found.rule}.`, askItsTarget)
  return notTested('It has no form that tells whose it is.', askItsTarget)
}

/** What a JSON web token says of itself; its signature is not checked. Null for any other token (RFC 7519). */
function claimsOf(value: string): z.infer<typeof claimsSchema> | null {
  const [, payload] = /^eyJ[\w-]+\.([\w-]+)\.[\w-]*$/.exec(value) ?? []
  if (payload === undefined) return null
  try {
    const parsed = claimsSchema.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

function testClaims({ exp, nbf }: z.infer<typeof claimsSchema>, nowMs: number): CredentialTest {
  if (exp !== undefined && exp * 1_000 <= nowMs) return bad(`It is a JSON web token that ran out at ${utc(exp)}.`)
  if (nbf !== undefined && nbf * 1_000 > nowMs)
    return bad(`It is a JSON web token that holds only from ${utc(nbf)} on.`)
  const until = exp === undefined ? 'without an end' : `valid until ${utc(exp)}`
  return good(`It is a JSON web token, ${until}.`, askItsTarget)
}

function utc(seconds: number): string {
  const at = new Date(seconds * 1_000)
  return Number.isNaN(at.getTime()) ? 'no time at all' : `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
