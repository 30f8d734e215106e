import { readFileSync } from 'node:fs'

const text = readFileSync(new URL('../../../node_modules/electron/electron.d.ts', import.meta.url), 'utf8')

/** The names of the properties of an interface of electron.d.ts, those it inherits included. */
export function propertyNames(name: string): ReadonlySet<string> {
  const found = new RegExp(`^  interface ${name}(?: extends ([\\w, ]+))? \\{\\n([\\s\\S]*?)^  \\}`, 'm').exec(text)
  if (found === null) throw new Error(`electron.d.ts has no interface ${name}`)
  const own = [...(found[2] ?? '').matchAll(/^ {4}(?:readonly )?(\w+)\??:/gm)].map((each) => each[1] ?? '')
  const inherited = (found[1]?.split(/, */) ?? []).flatMap((parent) => [...propertyNames(parent)])
  return new Set([...own, ...inherited])
}

/** Throws where `given` has a property that the interface does not know. */
export function refuseUnknown(given: object, name: string): void {
  const known = propertyNames(name)
  const unknown = Object.keys(given).filter((key) => !known.has(key))
  if (unknown.length > 0) throw new TypeError(`${name} has no ${unknown.join(', ')}`)
}
