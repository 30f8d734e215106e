import { expect, test } from 'vitest'
import { containerFolder } from '../../../main/docker/item-name.ts'

const id = '0123456789abcdef'.repeat(4)

test.each([
  ['shop-db-1', id, 'containers/shop-db-1-0123456789ab'],
  ['../../etc/passwd', id, 'containers/__.._etc_passwd-0123456789ab'],
  ['...', id, 'containers/_-0123456789ab'],
  ['ünïcode\u202E', id, 'containers/_n_code_-0123456789ab'],
  ['', 'short', 'containers/_-8'],
  ['x'.repeat(200), id, `containers/${'x'.repeat(40)}-0123456789ab`],
])('%j makes a folder that is safe as a path', (name, given, folder) => {
  expect(containerFolder(name, given, 7)).toBe(folder)
})
