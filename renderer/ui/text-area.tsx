import { Textarea, type TextareaProps } from '@mantine/core'
import type { KeyboardEvent } from 'react'

/** Several lines of text: Enter sends the form, Shift Enter begins a new line, as in the quick note. */
export function TextArea(props: TextareaProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { key, shiftKey, ctrlKey, metaKey } = event
    if (key !== 'Enter' || shiftKey || ctrlKey || metaKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    event.currentTarget.form?.requestSubmit()
  }
  return <Textarea {...props} onKeyDown={onKeyDown} />
}
