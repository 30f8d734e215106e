import { z } from 'zod'

/**
 * A Docker engine that can be looked at. Credentials never stand in it: user and password of an address are dropped
 * when it is read.
 */
export const dockerEndpointSchema = z.strictObject({
  /** Stable from start to start: the source and the name, for example 'context:colima'. */
  id: z.string().min(1).max(500),
  mode: z.enum(['live', 'exercise']),
  source: z.enum(['DOCKER_HOST', 'context', 'default-socket', 'podman-socket', 'given', 'practice']),
  /** What a person calls it: the context's name, the socket's path. */
  name: z.string().max(500),
  /** unix:///…, npipe:////./pipe/…, tcp://host:port or ssh://host */
  host: z.string().max(500),
  /** The docker command line would use this one now. */
  current: z.boolean(),
})

export type DockerEndpoint = z.infer<typeof dockerEndpointSchema>
