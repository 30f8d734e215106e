import { expect, test } from 'vitest'
import { sentenceOf } from '../../../shared/incident/sentence.ts'
import { postmortemDocument } from '../../../shared/postmortem/document.ts'
import { postmortemHtml } from '../../../shared/postmortem/html.ts'
import { postmortemJson } from '../../../shared/postmortem/json.ts'
import { postmortemMarkdown } from '../../../shared/postmortem/markdown.ts'
import { visibleText } from '../../../shared/postmortem/visible.ts'
import { hostileStory } from './hostile-story.ts'
import { hostileTexts } from './hostile-texts.ts'

/** What a terminal obeys or an eye cannot see; line feeds and the joiners of emoji are neither. */
const harmful =
  /(?!\u200c|\u200d|\ufe0e|\ufe0f|[\n\u0600-\u0605\u06dd])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u

const documents = hostileTexts.map((text) => postmortemDocument(hostileStory(text).input()))
const plain = postmortemMarkdown(postmortemDocument(hostileStory('plain').input()))

test('there are 500 hostile texts, and the story reads them in every kind of entry', () => {
  expect(hostileTexts.length).toBeGreaterThanOrEqual(500)
  expect(documents.filter(({ integrity }) => integrity.unread !== 1)).toEqual([])
})

test('no sentence holds what a terminal obeys', () => {
  const sentences = hostileTexts.flatMap((text) => hostileStory(text).entries.map(sentenceOf))
  expect(sentences.filter((sentence) => harmful.test(sentence))).toEqual([])
})

test('no Markdown, HTML or JSON holds what a terminal obeys or an eye cannot see', () => {
  const pages = documents.flatMap((document) => [postmortemMarkdown(document), postmortemHtml(document)])
  expect(pages.filter((page) => harmful.test(page))).toEqual([])
  expect(documents.map(postmortemJson).filter((page) => /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(page))).toEqual(
    [],
  )
})

test('JSON keeps every text exactly', () => {
  const lost = documents.filter((document) => {
    const { impact } = JSON.parse(postmortemJson(document)) as { impact: { text: string } }
    return impact.text !== document.impact?.text
  })
  expect(lost).toEqual([])
})

test('Markdown holds no HTML, no link, no image, no reference and no code beyond its own', () => {
  for (const document of documents) {
    const page = postmortemMarkdown(document)
    expect(page).not.toMatch(/<|(?<!\\)\]\(|(?<!\\)!\[|(?<!\\)\]:|```/u)
    expect(page).not.toMatch(/(?:javascript|data|https?):[^\s\\]/iu)
  }
})

test('Markdown keeps its headings, its tables and their columns', () => {
  for (const document of documents) {
    const page = postmortemMarkdown(document)
    expect(headings(page)).toBe(headings(plain))
    expect(columns(page)).toEqual(columns(plain))
  }
})

test('a text made visible twice is the same as once', () => {
  const changed = hostileTexts.filter((text) => visibleText(visibleText(text)) !== visibleText(text))
  expect(changed).toEqual([])
})

test('what was hidden is spelled out, what is legible stays', () => {
  expect(visibleText('a\u202eb\u001b[2J\tc\r\nd')).toBe('a⟨U+202E⟩b⟨U+001B⟩[2J c\nd')
  expect(visibleText('👩‍💻 ❤️ שלום مرحبا é')).toBe('👩‍💻 ❤️ שלום مرحبا é')
  expect(visibleText(`e${'\u0301'.repeat(50)}`)).toBe(`e${'\u0301'.repeat(4)}⟨46 more marks⟩`)
})

function headings(page: string): number {
  return page.split('\n').filter((line) => /^\s*#{1,6}\s/u.test(line)).length
}

function columns(page: string): number[] {
  const rows = page.split('\n').filter((line) => line.startsWith('| '))
  return rows.map((row) => row.replaceAll(/\\\\|\\\|/gu, '').split('|').length)
}
