import { TextInput } from '@mantine/core'
import { type SyntheticEvent, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { ExportedFile, ImportedFile } from '../../shared/journal/merge.ts'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { Dialog } from '../ui/dialog.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { mergingWords as words } from '../words/merging.ts'

/** Brings the incident `id` (where one is shown) to another desk, and what other desks exported here. */
export function MergingDialog({ id }: { readonly id: string | null }) {
  const { merging, view } = useStores()
  const { incident, running, exported, imported, refusal } = useStore(merging.store)
  const isOwn = incident === id || incident === null
  useEffect(() => {
    return () => {
      merging.forget(id)
      merging.forget(null)
    }
  }, [merging, id])
  return (
    <Dialog title={words.title} onClose={() => view.closeTop()} size={760}>
      <div className="stack">
        <p className="soft">{words.what}</p>
        {id === null ? null : <ExportPart id={id} />}
        <ImportPart isFirst={id === null} />
        <output className="stack">
          {running === null ? null : (
            <span className="asked">
              {running === 'import' ? words.importing : isOwn ? words.exporting : words.exportingOther}
            </span>
          )}
          {exported === null || !isOwn ? null : <Exported exported={exported} />}
          {imported === null ? null : <Imported imported={imported} />}
        </output>
        {refusal === null || !isOwn ? null : <RefusalNote refusal={refusal} />}
      </div>
    </Dialog>
  )
}

function ExportPart({ id }: { readonly id: string }) {
  const { merging } = useStores()
  const running = useStore(merging.store, (state) => state.running)
  const [withEvidence, setWithEvidence] = useState(true)
  return (
    <section aria-label={words.exportTitle} className="stack">
      <h2>{words.exportTitle}</h2>
      <div className="row wrap">
        <label className="row">
          <input
            type="checkbox"
            checked={withEvidence}
            onChange={(event) => setWithEvidence(event.currentTarget.checked)}
          />
          {words.withEvidence}
        </label>
        <button
          type="button"
          className="btn first"
          onClick={() => void merging.export(id, withEvidence)}
          disabled={running !== null}
          data-autofocus=""
        >
          {words.export}
        </button>
      </div>
    </section>
  )
}

function ImportPart({ isFirst }: { readonly isFirst: boolean }) {
  const { merging } = useStores()
  const running = useStore(merging.store, (state) => state.running)
  const [file, setFile] = useState('')
  const asking = useAsking()
  const choose = () =>
    asking.ask(async () => {
      const outcome = await merging.chooseFile(words.chooseTitle)
      if (outcome.ok && outcome.value.path !== null) setFile(outcome.value.path)
      return outcome
    })
  const send = (event: SyntheticEvent) => {
    event.preventDefault()
    if (file.trim() !== '') void merging.import(file.trim())
  }
  return (
    <section aria-label={words.importTitle}>
      <form className="stack" onSubmit={send}>
        <h2>{words.importTitle}</h2>
        <div className="folder-field">
          <TextInput
            label={words.file}
            value={file}
            onChange={(event) => setFile(event.currentTarget.value)}
            maxLength={4_000}
            autoComplete="off"
            spellCheck={false}
            data-autofocus={isFirst ? '' : undefined}
          />
          <button type="button" className="btn" onClick={() => void choose()} disabled={asking.isAsking}>
            {words.choose}
          </button>
          <button type="submit" className="btn first" disabled={running !== null || file.trim() === ''}>
            {words.import}
          </button>
        </div>
        {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} />}
      </form>
    </section>
  )
}

function Exported({ exported }: { readonly exported: ExportedFile }) {
  return (
    <>
      <p>{words.exported(exported)}</p>
      {exported.leftOut.map((left) => (
        <p key={left.bundle}>△ {words.leftOut(left)}</p>
      ))}
      <p className="mono faint">sha256 {exported.sha256}</p>
    </>
  )
}

function Imported({ imported }: { readonly imported: ImportedFile }) {
  const { view } = useStores()
  const { evidence } = imported
  const hasEvidence = Object.values(evidence).some((number) => number > 0)
  return (
    <>
      <p>{words.imported(imported)}</p>
      {hasEvidence ? <p>{words.evidence(evidence)}.</p> : null}
      {imported.erasedTexts === 0 ? null : <p>{words.erasedTexts(imported.erasedTexts)}</p>}
      {imported.wasBehind ? <p>{words.wasBehind}</p> : null}
      {imported.conflicts.map((conflict) => (
        <p key={conflict} role="alert">
          △ {conflict}
        </p>
      ))}
      <p>
        <button
          type="button"
          className="btn first"
          onClick={() => view.show({ name: 'incident', id: imported.incident })}
        >
          {words.openIncident}
        </button>
      </p>
    </>
  )
}
