import { useMantineStyleNonce } from '@mantine/core'
import { withNonce } from '../exports/preview.tsx'
import { scrollable } from '../ui/scrollable.ts'

interface Props {
  /** Null while it is being made. */
  readonly html: string | null
  readonly title: string
  readonly making: string
}

/** A page as it would be printed, in a frame that may do nothing (see `Preview`). */
export function PageFrame({ html, title, making }: Props) {
  const nonce = useMantineStyleNonce()?.() ?? ''
  if (html === null) return <output className="asked">{making}</output>
  return <iframe className="preview" title={title} sandbox="" srcDoc={withNonce(html, nonce)} {...scrollable} />
}
