import { execFileSync, spawnSync } from 'node:child_process'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { bundledNode, howToGetNode, isNodeNewEnough } from '../../main/setup/node-version.js'
import { root } from '../../workshop/project.ts'

/** Makes a Node say that it is old, before anything else runs. */
const pretendOld = `data:text/javascript,Object.defineProperty(process,'version',{value:'v20.0.0'})`

describe('the Node that is needed', () => {
  test.each([
    ['v18.20.8', false],
    ['v20.20.2', false],
    ['v22.17.1', false],
    ['v22.18.0', true],
    ['v23.5.0', false],
    ['v23.6.0', true],
    ['v24.21.0', true],
    ['v26.0.0', true],
  ])('%s: %s', (version, isEnough) => {
    expect(isNodeNewEnough(version)).toBe(isEnough)
  })

  test('is told with the version that runs and what to do', () => {
    expect(howToGetNode('v20.1.0')).toMatch(/needs Node 22\.18 or newer.*this is v20\.1\.0\. (Run|Install)/)
  })

  test('comes with npm ci on Linux', () => {
    const node = bundledNode(root)
    if (process.platform !== 'linux') return expect(node).toBeNull()
    const version = execFileSync(node ?? '', ['--version'], { encoding: 'utf8' }).trim()
    return expect(isNodeNewEnough(version)).toBe(true)
  })

  test('takes over the terminal from one that is too old', () => {
    const argv = ['--import', pretendOld, path.join(root, 'main', 'muster.js'), '--version']
    const said = execFileSync(process.execPath, argv, { encoding: 'utf8', timeout: 60_000 })
    expect(said).toMatch(/^\d+\.\d+\.\d+\s*$/)
  })

  test('takes over the scripts from one that is too old, with its arguments and its exit code', () => {
    const argv = ['--import', pretendOld, path.join(root, 'main', 'setup', 'node.js'), 'main/setup/setup.js', 'party']
    const { status, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8', timeout: 60_000 })
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(/^Usage: .*setup\.js start/) })
  })
})
