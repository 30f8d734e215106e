import { roleSchema } from '../people/entries.ts'
import type { LineContext } from './command-line.ts'

const words = ['task', 'decide', 'sev', 'update', 'impact', 'note', 'role', 'respond', 'resolve'] as const

/** What the line could become by one more word: whole lines, the likeliest first; none where nothing is known. */
export function completionsOf(typed: string, { severities, people }: LineContext): readonly string[] {
  const [, before = '', line = ''] = /^(@\S+\s+)?(:[\s\S]*)$/.exec(typed) ?? []
  if (line === '' || line.startsWith('::')) return []
  const complete = (start: string, word: string, candidates: readonly string[]) =>
    candidates
      .filter((candidate) => candidate.toLowerCase().startsWith(word.toLowerCase()))
      .map((candidate) => `${before}${start}${candidate} `)
  const command = /^:(\w*)$/.exec(line)
  if (command !== null) return complete(':', command[1] ?? '', words)
  const severity = /^(:sev(?:erity)?\s+)(\S*)$/i.exec(line)
  if (severity !== null)
    return complete(
      severity[1] ?? '',
      severity[2] ?? '',
      severities.map(({ code }) => code),
    )
  const role = /^(:role\s+)(\w*)$/i.exec(line)
  if (role !== null) return complete(role[1] ?? '', role[2] ?? '', roleSchema.options)
  const holder = /^(:role\s+\w+\s+)([^"]*)$/i.exec(line)
  if (holder !== null) return complete(holder[1] ?? '', holder[2] ?? '', people)
  const owner = /^(:task\s+)"?([^"\s]*)$/i.exec(line)
  if (owner === null) return []
  return people
    .filter((name) => name.toLowerCase().startsWith((owner[2] ?? '').toLowerCase()))
    .map((name) => `${before}${owner[1] ?? ''}${/[\s"]/.test(name) ? `"${name.replaceAll('"', '')}"` : name} `)
}
