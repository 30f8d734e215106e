import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { filesWith } from '../files-with.ts'

const crashing = fileURLToPath(new URL('crashing.ts', import.meta.url))

test('what crashes with a secret in its memory leaves no core dump that holds it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-core-'))
  try {
    // A person's shell may allow cores of any size; where the kernel puts them is the system's own.
    const child = spawn('sh', ['-c', 'ulimit -c unlimited; exec "$0" "$1"', process.execPath, crashing], {
      cwd: folder,
    })
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
    const signal = await new Promise((resolve) => child.on('close', (_code, by) => resolve(by)))
    const [secret = '', filter = ''] = said.split(' ')
    expect([signal, filter]).toEqual(['SIGSEGV', '00000000'])
    expect(secret).toMatch(/^kanarien\d+vogel$/)
    expect(filesWith(folder, secret)).toEqual([])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
