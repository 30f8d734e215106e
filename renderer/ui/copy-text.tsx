import { useState } from 'react'
import { todoWords } from '../words/todo.ts'

/** A command or other text with a way to copy it. */
export function CopyText({ text }: { readonly text: string }) {
  return (
    <div className="copy-text">
      <pre className="mono">{text}</pre>
      <CopyButton text={text} label={todoWords.copy} />
    </div>
  )
}

/** Copies a text, and says whether the system let it. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [said, setSaid] = useState('')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setSaid(todoWords.copied)
    } catch {
      // The clipboard is a permission, and a shell denies those it does not know: the person can still select.
      setSaid(todoWords.notCopied)
    }
  }
  return (
    <>
      <button type="button" className="btn plain" onClick={() => void copy()}>
        {label}
      </button>
      <output className="faint">{said}</output>
    </>
  )
}
