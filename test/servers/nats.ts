import { serverFolder, type StartedServer, startServer } from './started.ts'

/** A real nats-server. */
export async function startNats(): Promise<StartedServer> {
  const folder = await serverFolder('nats')
  return startServer('nats-server', (port) => ['--addr', '127.0.0.1', '--port', String(port)], { folder })
}
