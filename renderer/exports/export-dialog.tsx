import { type SyntheticEvent, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { type ExportFormat, exportFormatSchema } from '../../shared/postmortem/entries.ts'
import { AnchorCard } from '../journal/anchor-card.tsx'
import { useCommands } from '../keys/use-commands.ts'
import { useStores } from '../stores.ts'
import { Dialog } from '../ui/dialog.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { handoverWords } from '../words/handover.ts'
import { exportWords } from '../words/exports.ts'
import { Preview } from './preview.tsx'

/** The post-mortem as it stands: looked at, then written where the person chooses. */
export function ExportDialog({ id }: { readonly id: string }) {
  const { exports, view } = useStores()
  const { fileOf, writing, written, refusal } = useStore(exports.store)
  const isOwn = fileOf === id
  const [format, setFormat] = useState<ExportFormat>('pdf')
  useEffect(() => {
    void exports.preview(id)
    return () => exports.forget(id)
  }, [exports, id])
  /** The focus goes along, or the ring would stay on what was chosen before. */
  const choose = (chosen: ExportFormat) => {
    setFormat(chosen)
    document.getElementById(`format-${chosen}`)?.focus()
  }
  useCommands(
    'export',
    exportWords.title,
    exportFormatSchema.options.map((one, index) => ({
      id: one,
      title: exportWords.formats[one],
      keys: String(index + 1),
      run: () => choose(one),
    })),
  )
  const send = (event: SyntheticEvent) => {
    event.preventDefault()
    void exports.write(id, format)
  }
  return (
    <Dialog title={exportWords.title} onClose={() => view.closeTop()} size="min(1200px, 94vw)">
      <div className="export">
        <form className="stack export-side" onSubmit={send}>
          <fieldset className="severities">
            <legend className="legend">{exportWords.format}</legend>
            {exportFormatSchema.options.map((one, index) => (
              <label key={one} className={format === one ? 'format chosen' : 'format'}>
                <input
                  id={`format-${one}`}
                  type="radio"
                  name="format"
                  checked={format === one}
                  onChange={() => setFormat(one)}
                  data-autofocus={format === one ? '' : undefined}
                />
                <span>{exportWords.formats[one]}</span>
                <KeyCap keys={String(index + 1)} />
              </label>
            ))}
          </fieldset>
          <button type="submit" className="btn first" disabled={writing}>
            {exportWords.write} <KeyCap keys="enter" />
          </button>
          {writing ? <output className="asked">{isOwn ? exportWords.writing : exportWords.writingOther}</output> : null}
          {refusal === null || !isOwn ? null : <RefusalNote refusal={refusal} />}
          {written === null || !isOwn ? null : (
            <dl className="written" aria-live="polite">
              <dt>✓ {exportWords.written}</dt>
              <dd className="mono">{written.path}</dd>
              <dt>{exportWords.hash}</dt>
              <dd className="mono">{written.sha256}</dd>
              <dt>{exportWords.head}</dt>
              <dd className="mono">{written.head}</dd>
              <dd className="faint">{exportWords.headHint}</dd>
            </dl>
          )}
          <AnchorCard incident={id} />
          <button type="button" className="btn plain" onClick={() => view.open({ name: 'activity', id })}>
            {handoverWords.activity.command}
          </button>
        </form>
        <Preview id={id} />
      </div>
    </Dialog>
  )
}
