import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const folder = new URL('../../../main/electron/', import.meta.url)
const sources = readdirSync(folder).map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }))

/** In which files a pattern stands, comments left out. */
function where(pattern: RegExp): string[] {
  return sources
    .filter(({ text }) => pattern.test(text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/ .*$/gm, '')))
    .map(({ name }) => name)
}

test('no page is loaded from a file or from a server', () => {
  expect(where(/loadFile|file:\/\/|https?:\/\/|wss?:\/\//)).toEqual([])
})

test('nothing that opens a page up is switched on', () => {
  expect(where(/enableBlinkFeatures|allowpopups|disable-web-security|no-sandbox|remote-debugging/)).toEqual([])
  expect(where(/(?:nodeIntegration\w*|webviewTag|experimentalFeatures|allowRunningInsecureContent): true/)).toEqual([])
})

test('messages have one registrar, and links one opener behind the gate', () => {
  expect(where(/ipcMain\.(?:handle|on)\(/)).toEqual(['electron-shell.ts'])
  expect(where(/\.openExternal\(/)).toEqual(['electron-shell.ts'])
})
