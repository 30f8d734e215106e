import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { DockerEndpoint } from '../../shared/docker/endpoint.ts'
import { messageOf } from '../../shared/message-of.ts'
import { RefusalError } from '../../shared/refusal.ts'
import { codeOf } from '../error-code.ts'
import { parseDockerHost } from './host-address.ts'

type Found = Omit<DockerEndpoint, 'current'>

const configSchema = z.looseObject({ currentContext: z.string().nullish() })

/** docker/cli, cli/context/store: `contexts/meta/<sha256 of the name>/meta.json` */
const metaSchema = z.looseObject({
  Name: z.string().min(1).max(400),
  Endpoints: z.looseObject({
    docker: z.looseObject({ Host: z.string(), SkipTLSVerify: z.boolean().nullish() }).optional(),
  }),
})

const largestFile = 1_048_576
const mostContexts = 200

/** The contexts in a docker configuration folder, by name. What cannot be read is added to `problems`. */
export async function readContexts(
  folder: string,
  problems: string[],
): Promise<{ current: string | null; endpoints: Found[] }> {
  const config = await readJson(join(folder, 'config.json'), configSchema, problems)
  const ids = await listFolder(join(folder, 'contexts', 'meta'), problems)
  if (ids.length > mostContexts)
    problems.push(`${folder} holds ${ids.length} contexts; the first ${mostContexts} are read.`)
  const found = await Promise.all(ids.slice(0, mostContexts).map((id) => readContext({ folder, id, problems })))
  const endpoints = found.flat().toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return { current: config?.currentContext ?? null, endpoints }
}

interface ContextPlace {
  readonly folder: string
  readonly id: string
  readonly problems: string[]
}

async function readContext({ folder, id, problems }: ContextPlace): Promise<Found[]> {
  const file = join(folder, 'contexts', 'meta', id, 'meta.json')
  const meta = await readJson(file, metaSchema, problems)
  const docker = meta?.Endpoints.docker
  if (meta === null || docker === undefined) return []
  try {
    const parsed = parseDockerHost(docker.Host)
    const keys = await listFolder(join(folder, 'contexts', 'tls', id, 'docker'), problems)
    const skips = docker.SkipTLSVerify === true
    // docker/cli, cli/context/docker/load.go: TLS where there are keys or the check is skipped.
    const host = keys.length > 0 || skips ? parsed.replace(/^tcp:/, 'https:') : parsed
    if (skips && host.startsWith('https:'))
      problems.push(unverified(`The docker context '${meta.Name}'`, 'SkipTLSVerify'))
    return [{ id: `context:${meta.Name}`, mode: 'live', source: 'context', name: meta.Name, host }]
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error
    problems.push(`${file}: ${error.refusal.happened}`)
    return []
  }
}

/** Whether the context whose meta.json lies in a folder is not to check the engine's certificate. */
export async function readSkipsVerify(folder: string): Promise<boolean> {
  const meta = await readJson(join(folder, 'meta.json'), metaSchema, [])
  return meta?.Endpoints.docker?.SkipTLSVerify === true
}

/** What it means that a certificate is not checked, as a problem. */
export function unverified(who: string, by: string): string {
  return `${who} does not check who answers (${by}): somebody in between could read and change what is shown.`
}

async function readJson<Value extends z.ZodType>(
  file: string,
  schema: Value,
  problems: string[],
): Promise<z.infer<Value> | null> {
  try {
    const { size } = await stat(file)
    if (size > largestFile) throw new Error(`it is larger than ${largestFile} bytes`)
    return schema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null
    problems.push(`${file} could not be read: ${wordsOf(error)}.`)
    return null
  }
}

async function listFolder(folder: string, problems: string[]): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => !name.startsWith('.')).toSorted()
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR') {
      problems.push(`${folder} could not be read: ${wordsOf(error)}.`)
    }
    return []
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof z.ZodError) {
    const [issue] = error.issues
    return `it has not the form of one (${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''})`
  }
  if (error instanceof SyntaxError) return 'it is not JSON'
  return codeOf(error) ?? messageOf(error)
}
