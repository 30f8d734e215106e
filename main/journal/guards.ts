import { migrations } from './migrations.ts'
import type { Connection } from './sqlite.ts'

/** Every trigger by its name, as the newest migration that speaks of it left it. */
const triggers = new Map<string, string>()
for (const { sql } of migrations) {
  for (const [text, made, dropped] of sql.matchAll(/CREATE TRIGGER (\w+) [\s\S]*?END;\n|DROP TRIGGER (\w+);/g)) {
    if (made !== undefined) triggers.set(made, spaced(text))
    if (dropped !== undefined) triggers.delete(dropped)
  }
}

/** The triggers that make the journal append-only and are gone, or are no longer what the journal was made with. */
export function missingGuards(db: Connection): string[] {
  const present = new Map(
    db
      .prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
      .all()
      .map(({ name, sql }) => [name, spaced(`${sql};`)]),
  )
  return Array.from(triggers.keys()).filter((name) => present.get(name) !== triggers.get(name))
}

function spaced(sql: string): string {
  return sql.replaceAll(/\s+/g, ' ').trim()
}
