import { z } from 'zod'
import { count, text } from './answers.ts'
import type { DiskUse, Image, Network } from './snapshot.ts'

/*
 * What an engine holds beside its containers: images, networks, and what lies on its disk. Docker Engine API 1.41 to
 * 1.55 (https://docs.docker.com/reference/api/engine/version-history/), ImageList, NetworkList and SystemDataUsage.
 */

const list = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((given) => given ?? [])

/** More of one kind than this are not kept. */
const most = 5_000

export const imagesAnswerSchema = z.array(
  z.looseObject({ Id: z.string(), RepoTags: list(z.string()), Created: z.number().nullish(), Size: count }),
)

/** Images with their tags; docker's own '<none>:<none>' is no tag. */
export function imagesOf(answer: z.infer<typeof imagesAnswerSchema>): Image[] {
  return answer.slice(0, most).map(({ Id, RepoTags, Created, Size }) => ({
    id: Id.slice(0, 200),
    tags: RepoTags.filter((tag) => tag !== '<none>:<none>').map((tag) => tag.slice(0, 300)),
    createdAt: isoOf(Created),
    sizeBytes: Size,
  }))
}

export const networksAnswerSchema = z.array(
  z.looseObject({
    Id: z.string(),
    Name: z.string(),
    Driver: text,
    IPAM: z.looseObject({ Config: list(z.looseObject({ Subnet: text })) }).nullish(),
  }),
)

export function networksOf(answer: z.infer<typeof networksAnswerSchema>): Network[] {
  return answer.slice(0, most).map(({ Id, Name, Driver, IPAM }) => ({
    id: Id.slice(0, 200),
    name: Name.slice(0, 200),
    driver: Driver.slice(0, 50),
    subnets: (IPAM?.Config ?? []).map(({ Subnet }) => Subnet.slice(0, 60)).filter((subnet) => subnet !== ''),
  }))
}

const writtenSchema = z.looseObject({ Id: z.string(), SizeRw: count })
const volumeSchema = z.looseObject({
  Name: z.string(),
  UsageData: z.looseObject({ Size: z.number().nullish(), RefCount: z.number().nullish() }).nullish(),
})
const cacheSchema = z.looseObject({ Size: count })

/** Up to 1.51: every list at the top. */
const flatDiskSchema = z.looseObject({
  LayersSize: z.number(),
  Containers: list(writtenSchema),
  Volumes: list(volumeSchema),
  BuildCache: list(cacheSchema),
})

/** Asked with `verbose`, from 1.52 on: by kind (moby, api/types/system/disk_usage.go, 29). */
const usage = <Item extends z.ZodType>(item: Item) => z.looseObject({ TotalSize: count, Items: list(item) }).nullish()
const kindsDiskSchema = z
  .looseObject({
    ImageUsage: z.looseObject({ TotalSize: count }),
    ContainerUsage: usage(writtenSchema),
    VolumeUsage: usage(volumeSchema),
    BuildCacheUsage: usage(cacheSchema),
  })
  .transform(({ ImageUsage, ContainerUsage, VolumeUsage, BuildCacheUsage }) => ({
    LayersSize: ImageUsage.TotalSize,
    Containers: ContainerUsage?.Items ?? [],
    Volumes: VolumeUsage?.Items ?? [],
    BuildCache: BuildCacheUsage?.Items ?? [],
  }))

export const diskAnswerSchema = z.union([flatDiskSchema, kindsDiskSchema])

/** The engine writes -1 for what it has not counted. */
export function diskUseOf({ LayersSize, Containers, Volumes, BuildCache }: z.infer<typeof diskAnswerSchema>): DiskUse {
  return {
    layersBytes: LayersSize,
    buildCacheBytes: BuildCache.reduce((sum, { Size }) => sum + Size, 0),
    containers: Containers.slice(0, most).map(({ Id, SizeRw }) => ({ id: Id.slice(0, 200), writtenBytes: SizeRw })),
    volumes: Volumes.slice(0, most).map(({ Name, UsageData }) => ({
      name: Name.slice(0, 300),
      bytes: counted(UsageData?.Size),
      uses: counted(UsageData?.RefCount),
    })),
  }
}

function counted(given: number | null | undefined): number | null {
  return given !== null && given !== undefined && given >= 0 && Number.isSafeInteger(given) ? given : null
}

function isoOf(seconds: number | null | undefined): string | null {
  if (seconds === null || seconds === undefined || seconds <= 0) return null
  const at = new Date(seconds * 1_000)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}
