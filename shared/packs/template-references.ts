import type { PackShape } from './pack-shape.ts'
import { placeholders } from './placeholders.ts'
import { missing, type Named, type Problem } from './problem.ts'

/** A problem for each field that a line names and that is not there, and for each field that no line uses. */
export function templateProblems(pack: PackShape): Problem[] {
  return pack.templates.flatMap((template, i) => {
    const fields = template.fields.map(({ id }) => id)
    const used = template.lines.flatMap((line, j): Named[] => [
      ...placeholders(line.text).map((name): Named => [name, ['templates', i, 'lines', j, 'text']]),
      ...(line.each === undefined ? [] : [[line.each, ['templates', i, 'lines', j, 'each']] as const]),
    ])
    const subject = placeholders(template.subject ?? '').map((name): Named => [name, ['templates', i, 'subject']])
    const names = new Set([...used, ...subject].map(([name]) => name))
    const unused = fields.flatMap((field, j): Problem[] =>
      names.has(field) ? [] : [{ path: ['templates', i, 'fields', j, 'id'], message: 'is a field that no line uses' }],
    )
    return [...missing('a field', fields, [...used, ...subject]), ...unused]
  })
}
