import { freePort, serverFolder, type StartedServer, startServer } from './started.ts'

/** A real nats-server. */
export async function startNats(): Promise<StartedServer> {
  const port = await freePort()
  return startServer('nats-server', ['--addr', '127.0.0.1', '--port', String(port)], {
    port,
    folder: await serverFolder('nats'),
  })
}
