import type { QrPicture } from '../anchors/qr-picture.ts'
import type { PostmortemDocument } from './model.ts'

/** A run of text. `todo` stays for people to write; `to` names another part of the document by its id. */
export type Piece =
  | string
  | { readonly strong: string }
  | { readonly mono: string }
  | { readonly todo: string }
  | { readonly quiet: string }
  /** Kept on one line where there is room: a time, a length of time, a name. */
  | { readonly whole: string }
  | { readonly say: string; readonly to: string }

export type Text = readonly Piece[]

/** What a page is made of. Texts are as people and targets wrote them: whoever renders makes them harmless. */
export type Block =
  | { readonly block: 'paragraph'; readonly text: Text; readonly tone?: 'note' | 'alarm' }
  | { readonly block: 'heading'; readonly text: Text; readonly id?: string }
  | { readonly block: 'facts'; readonly rows: readonly (readonly [string, Text])[] }
  | {
      readonly block: 'table'
      readonly caption: string | null
      readonly columns: readonly string[]
      readonly rows: readonly (readonly Text[])[]
    }
  | { readonly block: 'list'; readonly items: readonly Text[] }
  /** One thing with what is said of it, kept together on a page. */
  | { readonly block: 'card'; readonly title: Text; readonly lines: readonly Text[] }
  /** What happened when, drawn; its facts stand in the tables as well. */
  | { readonly block: 'picture'; readonly document: PostmortemDocument }
  /** Text that is copied as it stands, and the same as a QR code. */
  | { readonly block: 'anchor'; readonly text: string; readonly code: QrPicture | null }
  | { readonly block: 'timeline'; readonly lines: readonly TimelineRow[] }

export interface TimelineRow {
  readonly no: number
  /** '2026-11-21 13:44:10' */
  readonly time: string
  /** The same on the reader's clock, null without one. */
  readonly local: string | null
  readonly text: Text
  /** What is said under it: corrections, when it was logged, who typed it. */
  readonly notes: readonly Text[]
  readonly by: string
}

export interface Section {
  readonly id: string
  readonly title: string
  readonly blocks: readonly Block[]
}

/** A piece for a value that may not be there. */
export function orTodo(value: string | null): Piece {
  return value === null || value.trim() === '' ? toWrite : value
}

export const toWrite: Piece = { todo: '(to be written)' }
