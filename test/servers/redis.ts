import { serverFolder, type StartedServer, startServer } from './started.ts'

/** A real redis-server that keeps nothing. */
export async function startRedis({ password }: { password?: string } = {}): Promise<StartedServer> {
  const argv = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const secret = password === undefined ? [] : ['--requirepass', password]
  const folder = await serverFolder('redis')
  return startServer('redis-server', (port) => ['--port', String(port), ...argv, ...secret], { folder })
}
