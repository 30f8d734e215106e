import { migration0001 } from './migrations/0001-journal.ts'
import type { Connection } from './sqlite.ts'

const triggers = Array.from(migration0001.sql.matchAll(/CREATE TRIGGER (\w+) [\s\S]*?END;/g), ([text, name]) => ({
  name: String(name),
  text: spaced(text),
}))

/** The triggers that make the journal append-only and are gone, or are no longer what the journal was made with. */
export function missingGuards(db: Connection): string[] {
  const present = new Map(
    db
      .prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
      .all()
      .map(({ name, sql }) => [name, spaced(`${sql};`)]),
  )
  return triggers.filter(({ name, text }) => present.get(name) !== text).map(({ name }) => name)
}

function spaced(sql: string): string {
  return sql.replaceAll(/\s+/g, ' ').trim()
}
