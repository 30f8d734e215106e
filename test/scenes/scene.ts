import { z } from 'zod'
import { engineSnapshotSchema } from '../../shared/docker/snapshot.ts'

/** A snapshot, what is wrong in it, and where it comes from. One line of a file of scenes. */
export const sceneSchema = z.strictObject({
  name: z.string(),
  /** 'dockerd 20.10.24', or for one that was written by hand the page that it follows. */
  origin: z.string(),
  /** The causes, as 'D02 shop-db-1', in any order; none for what is well. */
  wrong: z.array(z.string()),
  /** Judged so many milliseconds after the snapshot: some things are wrong only once they last. */
  laterMs: z.int().min(0),
  snapshot: engineSnapshotSchema,
})

export type Scene = z.infer<typeof sceneSchema>
