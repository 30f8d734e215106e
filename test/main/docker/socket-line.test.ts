import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { SocketLine } from '../../../main/docker/socket-line.ts'

test('who is turned away for the crowd knocks again, and gets in', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-line-'))
  const server = createServer((socket) => socket.on('error', () => socket.destroy()))
  const path = join(folder, 's')
  await new Promise<void>((resolve) => server.listen({ path, backlog: 1 }, resolve))
  const line = new SocketLine(path)
  const sockets = await Promise.all(Array.from({ length: 200 }, () => line.open()))
  expect(sockets.every(({ destroyed }) => !destroyed)).toBe(true)
  for (const socket of sockets) socket.destroy()
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true })
})

test('a socket that is not there is the system’s own error, and a closed line opens none', async () => {
  const line = new SocketLine(join(tmpdir(), 'muster-no-such-socket'))
  await expect(line.open()).rejects.toMatchObject({ code: 'ENOENT' })
  line.close()
  await expect(line.open()).rejects.toThrow('no longer wanted')
})
