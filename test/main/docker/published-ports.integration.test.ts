import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { deriveAgain } from '../../../main/evidence/derive-again.ts'
import { deriveFindings } from '../../../shared/findings/derive-findings.ts'
import { engineSnapshotSchema } from '../../../shared/docker/snapshot.ts'

const run = promisify(execFile)
const scenes = ['port-nobody', 'port-answers', 'port-closes-by-itself', 'certificate-expired', 'certificate-good']

test('a real docker-proxy with nobody behind it, and a real server of an old certificate', async () => {
  const script = fileURLToPath(new URL('./published-scenes.ts', import.meta.url))
  const { stdout } = await run('unshare', ['--net', process.execPath, script, ...scenes], {
    timeout: 150_000,
    maxBuffer: 2 ** 26,
  })
  const { snapshot: shown, ...told } = JSON.parse(stdout) as Record<
    'snapshot' | 'request' | 'outcome' | 'dark',
    unknown
  >
  expect(told).toEqual({
    request: 'TCP connections and TLS handshakes from this machine to 5 published ports',
    outcome: 'answered',
    dark: [],
  })
  const snapshot = engineSnapshotSchema.parse(shown)
  const later = Date.parse(snapshot.takenAt) + 120_000
  expect(
    deriveFindings(snapshot, later)
      .map(({ code, object, sure }) => `${code} ${object.name} ${sure}`)
      .toSorted(),
  ).toEqual(['D08 port-nobody measured', 'D23 certificate-expired measured'])
  // It has just been started: what does not listen yet is no fault.
  expect(deriveAgain(Buffer.from(JSON.stringify(shown))).findings.map(({ code }) => code)).toEqual(['D23'])
})
