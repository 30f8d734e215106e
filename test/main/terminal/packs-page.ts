import { readFileSync } from 'node:fs'

/** A block of code: its language, and what stands behind that: the file that it belongs to, or 'fails'. */
export interface Block {
  readonly language: string
  readonly info: string
  readonly text: string
}

/** docs/packs.md, with its tutorial apart. */
export function packsPage(): { readonly tutorial: string; readonly rest: string } {
  const page = readFileSync(new URL('../../../docs/packs.md', import.meta.url), 'utf8')
  const at = page.indexOf('\n## Reference of the format')
  if (at < 0) throw new Error('docs/packs.md has no reference any more')
  return { tutorial: page.slice(0, at), rest: page.slice(at) }
}

export function blocksOf(text: string): Block[] {
  return [...text.matchAll(/^```(\w+) ?([^\n]*)\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', info = '', inside = '']) => ({
      language,
      info,
      text: inside,
    }),
  )
}
