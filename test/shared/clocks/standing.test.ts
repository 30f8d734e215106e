import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readPack } from '../../../main/packs/pack-file.ts'
import { msLeftAt, stand } from '../../../shared/clocks/clock.ts'
import { clocksOf } from '../../../shared/clocks/clocks.ts'
import { type ClockInput, emptyClockInput } from '../../../shared/clocks/input.ts'

const folder = new URL('../../../assets/packs/', import.meta.url)
const packs = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => readPack(readFileSync(new URL(file, folder)), file).pack)

const beganMs = Date.parse('2026-11-21T10:00:00.000Z')
const at = (minutes: number) => new Date(beganMs + minutes * 60_000).toISOString()

function incident(severity: string, parts: Partial<ClockInput> = {}): ClockInput {
  const severities = [{ at: at(0), severity, entry: 'declared' }]
  return { ...emptyClockInput, declaredAt: at(0), detectedAt: at(0), declaredEntry: 'declared', severities, ...parts }
}

describe('a clock between two drawings', () => {
  it('has so much left as it would say of itself, in each second until something else of it changes', () => {
    for (const pack of packs) {
      const [severity] = pack.severities
      for (const paused of [false, true]) {
        const input = incident(severity?.id ?? '', {
          pauses: paused ? { response: [{ from: at(3), to: null, reason: 'drill', by: 'Ana', entry: 'p' }] } : {},
        })
        let drawn = clocksOf(input, pack, beganMs)
        let redrawn = 0
        for (let second = 1; second <= 3_600; second += 7) {
          const nowMs = beganMs + second * 1000
          const now = clocksOf(input, pack, nowMs)
          if (now.length !== drawn.length || !drawn.every((clock, place) => stand(clock, now[place]))) {
            drawn = now
            redrawn += 1
          }
          expect(drawn.map((clock) => msLeftAt(clock, nowMs))).toEqual(now.map(({ msLeft }) => msLeft))
        }
        if (!paused) expect(redrawn).toBeLessThan(60)
      }
    }
  })

  it('is another one when anything but its time changes', () => {
    const [pack] = packs
    const clock = pack === undefined ? undefined : clocksOf(incident(pack.severities[0]?.id ?? ''), pack, beganMs)[0]
    if (clock === undefined) throw new Error('the first pack has no clock')
    expect(stand(clock, { ...clock, msLeft: 1 })).toBe(true)
    expect(stand(clock, { ...clock, owner: 'Jonas' })).toBe(false)
    expect(stand(clock, { ...clock, paused: { since: at(1), reason: 'drill' } })).toBe(false)
    expect(stand(clock, undefined)).toBe(false)
  })
})
