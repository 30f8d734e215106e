import { useMantineStyleNonce } from '@mantine/core'
import { useStore } from 'zustand'
import { useStores } from '../stores.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { exportWords } from '../words/exports.ts'
import { scrollable } from '../ui/scrollable.ts'

/**
 * The document in a frame that may do nothing: no scripts, no forms, no links, an origin of its own. A `srcdoc` frame
 * inherits this window's content security policy (https://www.w3.org/TR/CSP3/#security-inherit-csp), so the document's
 * own style sheet gets this window's nonce.
 */
export function Preview({ id }: { readonly id: string }) {
  const { exports } = useStores()
  const { previewOf, html, previewRefusal } = useStore(exports.store)
  const nonce = useMantineStyleNonce()?.() ?? ''
  if (previewOf !== id) return <output className="asked">{exportWords.previewing}</output>
  if (previewRefusal !== null) return <RefusalNote refusal={previewRefusal} />
  if (html === null) return <output className="asked">{exportWords.previewing}</output>
  return (
    <iframe
      className="preview"
      title={exportWords.preview}
      sandbox=""
      srcDoc={withNonce(html, nonce)}
      {...scrollable}
    />
  )
}

/** Every style sheet of the document's head with the nonce. */
export function withNonce(html: string, nonce: string): string {
  const end = html.indexOf('</head>')
  if (end < 0) return html
  return html.slice(0, end).replaceAll(/<style(?=[\s>])/g, `<style nonce="${nonce}"`) + html.slice(end)
}
