import type { KeptBody } from '../../shared/evidence/entries.ts'

/** What the bytes of a kept bundle are, as the journal takes it; who, why and whence is added by whoever asked. */
export type KeptBytes = Pick<KeptBody, 'bundle' | 'size' | 'form' | 'stored' | 'items' | 'sealed'>

/** What was kept of something whose raw form was to be sealed: `open` null where it is no text, `raw` where nothing was masked. */
export interface KeptForms {
  readonly open: KeptBytes | null
  readonly raw: KeptBytes | null
}

/** How far a long work is. `done` and `of` are bytes, or bundles where `unit` says so. */
export interface EvidenceProgress {
  readonly done: number
  readonly of: number
  readonly unit: 'bytes' | 'bundles'
}

/** What goes with a work: how it is stopped, and who hears how far it is. */
export interface WorkContext {
  readonly signal: AbortSignal
  readonly onProgress: (progress: EvidenceProgress) => void
}

/** How a person gave a file. `pasted` came from the clipboard, and so from memory. */
export type Given = 'dropped' | 'pasted' | 'chosen' | 'named'

export interface AttachmentMeta {
  readonly name: string
  readonly size: number
  readonly given: Given
  /** ISO UTC */
  readonly startedAt: string
}

/** An item as the window shows it: text, or a picture as a data URL, or neither for other bytes and large pictures. */
export interface ShownItem {
  readonly text: string | null
  readonly picture: string | null
  readonly cut: boolean
}
