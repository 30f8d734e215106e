import { accessSync, constants } from 'node:fs'
import { expect, it } from 'vitest'
import { outsideArchive, ripgrepPath } from '../../../main/logs/ripgrep-path.ts'

it('finds a program that may be started, without any script of a package having run', async () => {
  const path = await ripgrepPath()
  expect(() => accessSync(path, constants.X_OK)).not.toThrow()
})

it('finds it beside the archive of a packaged Muster', () => {
  expect(outsideArchive('/opt/Muster/resources/app.asar/node_modules/@vscode/ripgrep-linux-x64/bin/rg', '/')).toBe(
    '/opt/Muster/resources/app.asar.unpacked/node_modules/@vscode/ripgrep-linux-x64/bin/rg',
  )
  expect(outsideArchive('C:\\Muster\\resources\\app.asar\\node_modules\\rg.exe', '\\')).toBe(
    'C:\\Muster\\resources\\app.asar.unpacked\\node_modules\\rg.exe',
  )
  expect(outsideArchive('/home/ana/muster/node_modules/rg', '/')).toBe('/home/ana/muster/node_modules/rg')
})
