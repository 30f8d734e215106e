import { freePort, serverFolder, type StartedServer, startServer } from './started.ts'

/** A real redis-server that keeps nothing. */
export async function startRedis({ password }: { password?: string } = {}): Promise<StartedServer> {
  const port = await freePort()
  const argv = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const secret = password === undefined ? [] : ['--requirepass', password]
  return startServer('redis-server', [...argv, ...secret], { port, folder: await serverFolder('redis') })
}
