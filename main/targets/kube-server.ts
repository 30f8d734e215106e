import { readFile, stat } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { codeOf } from '../error-code.ts'

export interface KubeSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
}

const capBytes = 4_194_304

/** What is used of a kubeconfig: no user, no certificate, no token is read out of it. */
const configSchema = z.looseObject({
  'current-context': z.string().nullish(),
  contexts: z.array(z.looseObject({ name: z.string(), context: z.looseObject({ cluster: z.string() }) })).nullish(),
  clusters: z.array(z.looseObject({ name: z.string(), cluster: z.looseObject({ server: z.string() }) })).nullish(),
})
type Config = z.infer<typeof configSchema>

/**
 * The address of the API server behind a context of kubectl's configuration, found as kubectl finds it: the files of
 * KUBECONFIG in their order, else ~/.kube/config. Null context: the current one. Answers why not, as a sentence.
 * https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/
 */
export async function kubeServer(
  context: string | null,
  around: KubeSurroundings,
): Promise<{ readonly server: string } | { readonly why: string }> {
  const files = configFiles(around)
  const configs: Config[] = []
  for (const file of files) {
    const config = await readConfig(file)
    if (typeof config === 'string') return { why: config }
    if (config !== null) configs.push(config)
  }
  if (configs.length === 0) return { why: `kubectl has no configuration on this machine (${files.join(', ')}).` }
  const wanted = context ?? configs.map((one) => one['current-context'] ?? '').find((name) => name !== '')
  if (wanted === undefined) return { why: 'kubectl has no current context: bind the target to one by its name.' }
  const contexts = configs.flatMap((one) => one.contexts ?? [])
  const named = contexts.find(({ name }) => name === wanted)
  if (named === undefined) {
    const names = contexts.map(({ name }) => name).join(', ')
    return { why: `kubectl has no context '${wanted}'. It has: ${names === '' ? 'none' : names}.` }
  }
  const clusters = configs.flatMap((one) => one.clusters ?? [])
  const cluster = clusters.find(({ name }) => name === named.context.cluster)
  if (cluster === undefined) return { why: `The context '${wanted}' names a cluster that kubectl does not know.` }
  return { server: cluster.cluster.server }
}

function configFiles({ env, home }: KubeSurroundings): string[] {
  const named = (env['KUBECONFIG'] ?? '').split(delimiter).filter((file) => file !== '')
  return named.length === 0 ? [join(home, '.kube', 'config')] : named
}

/** The configuration, null where there is no such file, or what is wrong with it as a sentence. */
async function readConfig(file: string): Promise<Config | null | string> {
  try {
    const { size } = await stat(file)
    if (size > capBytes) return `${file} is larger than 4 MiB.`
    const parsed = configSchema.safeParse(parse(await readFile(file, 'utf8'), { maxAliasCount: 10 }))
    return parsed.success ? parsed.data : `${file} is no configuration of kubectl.`
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    return `${file} cannot be read: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}.`
  }
}
