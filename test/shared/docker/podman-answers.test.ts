import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  eventAnswerSchema,
  eventOf,
  infoAnswerSchema,
  listedContainerSchema,
  statsAnswerSchema,
  usageOf,
  versionAnswerSchema,
} from '../../../shared/docker/answers.ts'
import { factsOf, inspectAnswerSchema } from '../../../shared/docker/container-answer.ts'
import {
  diskAnswerSchema,
  diskUseOf,
  imagesAnswerSchema,
  imagesOf,
  networksAnswerSchema,
  networksOf,
} from '../../../shared/docker/store-answers.ts'

/** An answer of a real Podman 4.3.1 behind Docker's interface (API 1.41), recorded. */
function recorded(name: string): string {
  return readFileSync(new URL(`./fixtures/podman-4.3.1/${name}`, import.meta.url), 'utf8')
}

const json = (name: string): unknown => JSON.parse(recorded(name))

test('a container that gave up is read as one of Docker is, and without a check it has no health', () => {
  expect(factsOf(inspectAnswerSchema.parse(json('inspect-looping.json')))).toMatchObject({
    status: 'exited',
    exitCode: 4,
    restarts: 3,
    restartPolicy: { name: 'on-failure', maximumRetries: 3 },
    health: null,
  })
})

test('its statistics hold one sample: memory is told, and of the CPU nothing', () => {
  expect(usageOf('a', statsAnswerSchema.parse(json('stats-running.json')))).toMatchObject({
    cpuPercent: null,
    memoryBytes: 327_680,
    processes: 1,
  })
})

test('its events come in the words of Docker', () => {
  const lines = recorded('events.jsonl').trim().split('\n')
  const events = lines.map((line) => eventOf(eventAnswerSchema.parse(JSON.parse(line))))
  expect(events.filter((event) => event?.name === 'failed').map((event) => [event?.action, event?.exitCode])).toEqual([
    ['start', null],
    ['die', 3],
  ])
  const own = { Type: 'container', Action: 'died', Actor: { ID: 'a', Attributes: { exitCode: '3' } }, time: 1 }
  expect(eventOf(eventAnswerSchema.parse(own))?.action).toBe('die')
})

test('list, machine, images, networks and disk are read', () => {
  const list = (json('list.json') as unknown[]).map((one) => listedContainerSchema.parse(one))
  expect(list.map(({ Names, State }) => `${Names[0]} ${State}`)).toContain('/looping exited')
  expect(versionAnswerSchema.parse(json('version.json')).ApiVersion).toBe('1.41')
  expect(infoAnswerSchema.parse(json('info.json')).ServerVersion).toBe('4.3.1')
  expect(imagesOf(imagesAnswerSchema.parse(json('images.json')))[0]?.tags).toEqual(['localhost/muster/busybox:test'])
  expect(networksOf(networksAnswerSchema.parse(json('networks.json')))[0]?.subnets).toEqual(['10.88.0.0/16'])
  expect(diskUseOf(diskAnswerSchema.parse(json('disk.json'))).containers).toHaveLength(5)
})
