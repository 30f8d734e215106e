import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { changesOf } from '../../../shared/postmortem/changes.ts'
import { timelineCsv } from '../../../shared/postmortem/csv.ts'
import { postmortemDocument } from '../../../shared/postmortem/document.ts'
import { tellAll } from '../../../shared/postmortem/told.ts'
import { hostileStory } from './hostile-story.ts'
import { wholeStory } from './story.ts'

const rowsOf = (csv: string): Record<string, string>[] => parse(csv, { bom: true, columns: true })

test('the timeline as a table has a line for each entry, in the order in which things happened', () => {
  const document = postmortemDocument(wholeStory().input())
  const rows = rowsOf(timelineCsv(document))
  expect(rows.map(({ hash }) => hash)).toEqual(document.timeline.map(({ hash }) => hash))
  expect(rows.map(({ text }) => text)).toEqual(document.timeline.map(({ sentence }) => sentence))
  expect(rows[0]).toMatchObject({ incident: document.header.number, mode: document.header.mode })
})

test('whatever people and targets wrote, no cell begins as a formula', () => {
  for (const start of ['=', '+', '-', '@', '\t=', '\r=']) {
    const csv = timelineCsv(postmortemDocument(hostileStory(`${start}cmd|' /C calc'!A0, "x"\n=1+1`).input()))
    const cells = rowsOf(csv).flatMap((row) => Object.values(row))
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([])
  }
})

test('each change says what was before', () => {
  const { entries } = wholeStory()
  const changes = changesOf(tellAll(entries))
  expect(changes.length).toBeGreaterThan(2)
  const last = new Map<string, string>()
  for (const { field, from, to } of changes) {
    if (last.has(field)) expect(from).toBe(last.get(field))
    expect(to).not.toBe(from)
    last.set(field, to)
  }
})
