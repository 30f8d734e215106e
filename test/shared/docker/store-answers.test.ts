import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { factsOf, inspectAnswerSchema } from '../../../shared/docker/container-answer.ts'
import {
  diskAnswerSchema,
  diskUseOf,
  imagesAnswerSchema,
  imagesOf,
  networksAnswerSchema,
  networksOf,
} from '../../../shared/docker/store-answers.ts'

/** An answer of a real dockerd 20.10.24 (API 1.41), recorded. */
function recorded(name: string): unknown {
  const file = new URL(`../exercises/fixtures/docker-20.10.24/${name}.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8'))
}

test('images are read with their tags, size and age', () => {
  const [image] = imagesOf(imagesAnswerSchema.parse(recorded('images')))
  expect(image).toMatchObject({ tags: ['muster/busybox:test'], sizeBytes: 1_982_347 })
  expect(image?.createdAt).toMatch(/^2026-/)
})

test('an image that lost its tag has none', () => {
  const answer = imagesAnswerSchema.parse([{ Id: 'sha256:1', RepoTags: ['<none>:<none>'], Size: 1 }])
  expect(imagesOf(answer)[0]).toMatchObject({ tags: [], createdAt: null })
})

test('networks are read with their subnets', () => {
  const networks = networksOf(networksAnswerSchema.parse(recorded('networks')))
  expect(networks.find(({ name }) => name === 'shop')).toMatchObject({ driver: 'bridge', subnets: ['10.77.0.0/24'] })
  expect(networks.find(({ name }) => name === 'none')?.subnets).toEqual([])
})

test('what lies on the disk is read, and what was not counted is not known', () => {
  const disk = diskUseOf(diskAnswerSchema.parse(recorded('disk')))
  expect(disk).toMatchObject({ layersBytes: 1_982_347, buildCacheBytes: 0, volumes: [{ name: 'data', uses: 1 }] })
  expect(disk.containers[0]?.writtenBytes).toBe(3)
  const uncounted = diskAnswerSchema.parse({
    LayersSize: 0,
    Volumes: [{ Name: 'v', UsageData: { Size: -1, RefCount: -1 } }],
  })
  expect(diskUseOf(uncounted).volumes).toEqual([{ name: 'v', bytes: null, uses: null }])
})

/** Written by hand after moby's own types: api/types/system/disk_usage.go of Docker 29 (API 1.52 and later), `verbose=1`. */
test('what lies on the disk is read by kind, as engines from 1.52 on tell it', () => {
  const answer = diskAnswerSchema.parse({
    ImageUsage: { ActiveCount: 1, TotalCount: 2, Reclaimable: 10, TotalSize: 500, Items: [] },
    ContainerUsage: { TotalCount: 1, TotalSize: 3, Items: [{ Id: 'a', SizeRw: 3, SizeRootFs: 503 }] },
    VolumeUsage: { TotalCount: 1, Items: [{ Name: 'data', UsageData: { Size: 7, RefCount: 1 } }] },
    BuildCacheUsage: { TotalSize: 40, Items: [{ ID: 'x', Size: 40 }] },
  })
  expect(diskUseOf(answer)).toEqual({
    layersBytes: 500,
    buildCacheBytes: 40,
    containers: [{ id: 'a', writtenBytes: 3 }],
    volumes: [{ name: 'data', bytes: 7, uses: 1 }],
  })
  expect(diskAnswerSchema.safeParse({ Id: 7 }).success).toBe(false)
})

test('a container is read with what a person set for it', () => {
  expect(factsOf(inspectAnswerSchema.parse(recorded('inspect-limited')))).toMatchObject({
    command: 'sh -c echo hi > /written; sleep 1000',
    memoryLimitBytes: 64 * 2 ** 20,
    limits: { cores: 0.5, processes: 50 },
    log: { driver: 'json-file', maxSize: '10m' },
    mounts: [{ type: 'volume', name: 'data', destination: '/data', writable: true }],
    healthCheck: { intervalMs: 30_000, timeoutMs: 30_000, startPeriodMs: 0, retries: 3 },
    privileged: false,
  })
})
