import type { EvidenceItem } from './entries.ts'

export const PLAIN_TEXT = 'text/plain'
export const UTF16_LITTLE = 'text/plain; charset=utf-16le'
export const UTF16_BIG = 'text/plain; charset=utf-16be'
/** A raw form, sealed by a vault. */
export const SEALED = 'application/vnd.muster.sealed'

/** Whether an attachment of this media type is text, and so searched for secrets before it is kept. */
export function isSearchedType(mediaType: string): boolean {
  return mediaType === PLAIN_TEXT || mediaType === UTF16_LITTLE || mediaType === UTF16_BIG
}

/** Whether secrets were looked for in an item: in all that a target answered, and in attached text. */
export function isSearched({ kind, media_type: mediaType }: Pick<EvidenceItem, 'kind' | 'media_type'>): boolean {
  return kind !== 'attachment' || mediaType === null || isSearchedType(mediaType)
}
