import { createHash, timingSafeEqual } from 'node:crypto'
import type { CredentialKind, CredentialTest } from '../../shared/vault/credential.ts'
import { bad, good, notTested } from './credential-test.ts'
import { readSeed, stepsOff } from './one-time-code.ts'
import { testKey } from './test-key.ts'
import { testToken } from './test-token.ts'
import { testDatabaseUrl, testWebhook } from './test-address.ts'

/** What goes with a test: what a person typed to be compared, and the time. */
export interface TestedWith {
  readonly typed: string | null
  /** UTC. */
  readonly nowMs: number
}

/**
 * What can be told of a credential without sending it anywhere. What only its target could say is said to be so. No sentence
 * holds a word of the value, but for what is public of it: hosts, names, dates, fingerprints of public keys.
 */
export function testCredential(kind: CredentialKind, value: string, { typed, nowMs }: TestedWith): CredentialTest {
  switch (kind) {
    case 'token':
      return testToken(value, nowMs)
    case 'database-url':
      return testDatabaseUrl(value)
    case 'webhook':
      return testWebhook(value)
    case 'certificate-key':
    case 'signing-key':
      return testKey(value, nowMs)
    case 'one-time-code-seed':
      return testSeed(value, typed, nowMs)
    case 'pin':
      return testPin(value, typed)
    case 'password':
      return notTested('Only what it opens can say whether a password is right: test the target that it is bound to.')
    case 'ssh-passphrase':
      return notTested('Only the key that it opens can say whether it is right, and that key lies with ssh, not here.')
  }
}

function testPin(value: string, typed: string | null): CredentialTest {
  if (typed === null) return notTested('Type the PIN: it is compared, and neither is shown.')
  const [kept, given] = [value, typed].map((text) => createHash('sha256').update(text.normalize('NFKC')).digest())
  const isSame = kept !== undefined && given !== undefined && timingSafeEqual(kept, given)
  return isSame ? good('It is the PIN.') : bad('It is not the PIN.')
}

function testSeed(value: string, typed: string | null, nowMs: number): CredentialTest {
  const seed = readSeed(value)
  if (seed === null) return bad('It is no seed of one-time codes: neither base 32 nor an otpauth://totp address.')
  if (typed === null) return notTested('Type the code that the device shows now: it is compared with that of the seed.')
  const steps = stepsOff(seed, typed, nowMs)
  if (steps === 0) return good('The device shows the same code.')
  if (steps === null) return bad('It is not the code of this seed, now or half a minute away.')
  const seconds = seed.periodMs / 1_000
  return good(
    `It is the code of ${seconds} s ${steps === 1 ? 'ahead' : 'ago'}: the clocks of this machine and the device differ.`,
  )
}
