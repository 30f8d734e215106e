import { z } from 'zod'
import { coversSchema, lineSchema, packIdSchema, parameterIdSchema } from './text.ts'

/**
 * Where steps run. The user binds each once: an ssh host, a container or a pod; a pack can never name the laptop it is
 * read on. A runbook's `localhost`, folders and scripts are those of the place.
 */
export const placeSchema = z.strictObject({
  id: packIdSchema,
  title: lineSchema,
  hint: lineSchema,
  form: z.enum(['host', 'container', 'pod']).default('host'),
  /** The folder that relative paths and programs start from, where the runbook names one. */
  folder: lineSchema.optional(),
  /** What the runbook itself calls it: the container `xorb-api-1`, `deployment/aureus-frontend`. */
  named: lineSchema.optional(),
  covers: coversSchema,
})

/** The kinds of thing that probes and actions speak with. */
export const targetKindSchema = z.enum([
  'docker',
  'kubernetes',
  'http',
  'tls',
  'postgres',
  'redis',
  'nats',
  'mongodb',
  'elasticsearch',
  'prometheus',
  'grafana',
  'temporal',
  'vault',
  'cloudflare',
  'github',
])

/**
 * Something that is looked at or changed, by its name in the pack; the user binds it once. With a `place`, `localhost`
 * in its address is the place's own.
 */
export const targetSchema = z.strictObject({
  id: packIdSchema,
  title: lineSchema,
  kind: targetKindSchema,
  place: packIdSchema.optional(),
  /** As the runbook states it: 'http://localhost:8000', 'localhost:5432', 'https://${DOMAIN}', a namespace for Kubernetes. */
  address: lineSchema.optional(),
  /** Database, namespace or repository inside it. */
  within: lineSchema.optional(),
  user: lineSchema.optional(),
  /** The secret parameter that opens it: a password, a token or a whole connection URL. */
  credential: parameterIdSchema.optional(),
  covers: coversSchema,
})

export type Place = z.infer<typeof placeSchema>
export type Target = z.infer<typeof targetSchema>
