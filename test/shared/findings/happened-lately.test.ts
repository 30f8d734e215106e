import { expect, test } from 'vitest'
import { happenedLately } from '../../../shared/findings/happened-lately.ts'
import { before, container, event, snapshot } from './snapshots.ts'

test('what changed is told newest first, and what came again and again stands once', () => {
  const swept = snapshot(
    [container('api', {}, { createdAt: before(9e5) })],
    [
      event(300, 'api', 'die', { exitCode: 3 }),
      event(250, 'db', 'stop'),
      event(200, 'api', 'die', { exitCode: 3 }),
      event(100, 'api', 'exec_start'),
    ],
  )
  expect(happenedLately(swept)).toEqual([
    { at: before(200), what: 'api ended with exit code 3', times: 2, project: null },
    { at: before(250), what: 'db was stopped', times: 1, project: null },
  ])
})

test('what was made within a day is told though the engine has forgotten its events, and once where it has not', () => {
  const made = container('api', {}, { createdAt: before(7_200) })
  const told = [{ at: before(7_200), what: 'api was created', times: 1, project: null }]
  expect(happenedLately(snapshot([made]))).toEqual(told)
  expect(happenedLately(snapshot([made], [event(7_200, 'api', 'create')]))).toEqual(told)
})
