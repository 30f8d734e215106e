import type { CredentialTest } from '../../shared/vault/credential.ts'

export function good(...said: [string, ...string[]]): CredentialTest {
  return { outcome: 'good', said }
}

export function bad(...said: [string, ...string[]]): CredentialTest {
  return { outcome: 'bad', said }
}

export function notTested(...said: [string, ...string[]]): CredentialTest {
  return { outcome: 'not-tested', said }
}
