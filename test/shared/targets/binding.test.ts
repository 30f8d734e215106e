import { describe, expect, it } from 'vitest'
import {
  consentWords,
  isConsented,
  placeBindingSchema,
  routeFits,
  targetBindingSchema,
} from '../../../shared/targets/binding.ts'

describe('a place', () => {
  it.each([
    { at: 'ssh', host: 'deploy@app-1' },
    { at: 'container', container: 'shop-api-1', engine: 'ssh://deploy@app-1' },
    { at: 'pod', pod: 'deployment/web', namespace: 'shop' },
    { at: 'this-machine', consent: 'run app-server on bridge' },
  ])('is bound as $at', (binding) => {
    expect(placeBindingSchema.parse(binding)).toEqual(binding)
  })

  it.each([
    { at: 'ssh', host: '-oProxyCommand=touch x' },
    { at: 'ssh', host: 'a b' },
    { at: 'container', container: '--privileged' },
    { at: 'pod', pod: 'web', namespace: '--all' },
    { at: 'laptop' },
  ])('is not bound by what a program would take as an option: %o', (binding) => {
    expect(placeBindingSchema.safeParse(binding).success).toBe(false)
  })

  it('is this machine only where consent was typed for this very machine and place', () => {
    const binding = { at: 'this-machine', consent: consentWords('app-server', 'bridge') } as const
    expect(isConsented('app-server', binding, 'bridge')).toBe(true)
    expect(isConsented('app-server', binding, 'another-laptop')).toBe(false)
    expect(isConsented('database', binding, 'bridge')).toBe(false)
    expect(isConsented('database', { at: 'ssh', host: 'db-1' }, 'bridge')).toBe(true)
  })
})

describe('a target', () => {
  it('is reached directly where nothing is said', () => {
    expect(targetBindingSchema.parse({ address: 'db-1:5432' })).toEqual({ address: 'db-1:5432', route: 'direct' })
  })

  it('takes the name of a credential and nothing that looks like a value of one', () => {
    expect(targetBindingSchema.safeParse({ credential: 'shop/db' }).success).toBe(true)
    expect(targetBindingSchema.safeParse({ credential: 'postgres://u:p@db/x' }).success).toBe(false)
  })

  it('is reached through a place that fits the route', () => {
    expect(routeFits('direct', null)).toBe(true)
    expect(routeFits('ssh', null)).toBe(false)
    expect(routeFits('ssh', { at: 'ssh', host: 'db-1' })).toBe(true)
    expect(routeFits('docker-exec', { at: 'ssh', host: 'db-1' })).toBe(false)
    expect(routeFits('port-forward', { at: 'pod', pod: 'web', namespace: 'shop' })).toBe(true)
  })
})
