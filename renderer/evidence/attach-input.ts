import { type RefObject, useEffect, useState } from 'react'
import { useStores } from '../stores.ts'

/** Text pasted into the note that is longer than a note is offered as a file instead. */
const LONG_CHARACTERS = 4_000
const LONG_LINES = 40

/**
 * Takes what is dropped on the window or pasted into it for an incident. Answers whether files hang over the window. A
 * dialog keeps what is pasted into it to itself.
 */
export function useAttachInput(incident: string, field: RefObject<HTMLTextAreaElement | null>): boolean {
  const { attachments, view } = useStores()
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const hasLayer = () => view.store.getState().layers.length > 0
    // Without this a browser opens the file in place of Muster.
    const onDragOver = (event: DragEvent) => {
      event.preventDefault()
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = hasLayer() ? 'none' : 'copy'
      setOver(!hasLayer() && event.dataTransfer?.types.includes('Files') === true)
    }
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    }
    const onDrop = (event: DragEvent) => {
      event.preventDefault()
      setOver(false)
      const files = [...(event.dataTransfer?.files ?? [])]
      if (!hasLayer() && files.length > 0) attachments.offer(incident, files, 'dropped')
    }
    const onPaste = (event: ClipboardEvent) => {
      if (hasLayer() || event.clipboardData === null) return
      const files = [...event.clipboardData.files]
      const text = event.clipboardData.getData('text/plain')
      const given = files.length > 0 ? files : isForFile(text, event.target, field.current) ? [asFile(text)] : []
      if (given.length === 0) return
      event.preventDefault()
      attachments.offer(incident, given, 'pasted')
    }
    document.addEventListener('dragover', onDragOver)
    document.addEventListener('dragleave', onDragLeave)
    document.addEventListener('drop', onDrop)
    document.addEventListener('paste', onPaste)
    return () => {
      document.removeEventListener('dragover', onDragOver)
      document.removeEventListener('dragleave', onDragLeave)
      document.removeEventListener('drop', onDrop)
      document.removeEventListener('paste', onPaste)
    }
  }, [attachments, view, incident, field])
  return isOver
}

/** Text goes where it is pasted; where nothing takes it, or the note would be too long, it is a file. */
function isForFile(text: string, target: EventTarget | null, note: HTMLTextAreaElement | null): boolean {
  if (text === '') return false
  if (target === note) return text.length > LONG_CHARACTERS || text.split('\n').length > LONG_LINES
  return !(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)
}

function asFile(text: string): File {
  return new File([text], 'pasted.txt', { type: 'text/plain' })
}
