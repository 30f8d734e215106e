import { useState } from 'react'
import { todoWords } from '../words/todo.ts'
import { copyText } from './copy.ts'

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
    // Where it is denied the person can still select.
    setSaid((await copyText(text)) ? todoWords.copied : todoWords.notCopied)
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
