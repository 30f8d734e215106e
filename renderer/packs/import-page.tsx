import { type DragEvent, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { PackProblem } from '../../shared/packs/calls.ts'
import type { Command } from '../keys/commands.ts'
import { useCommands } from '../keys/use-commands.ts'
import { useStores } from '../stores.ts'
import { CommandButton } from '../ui/command-button.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { importWords, packWords } from '../words/packs.ts'
import { DiffList } from './diff-list.tsx'
import type { PackPage } from './pack-pages.ts'

/** Importing: a file is chosen or dropped, checked whole, and taken only when nothing is wrong with it. */
export function ImportPage({ onOpen }: { onOpen(page: PackPage): void }) {
  const { imports } = useStores()
  const { asked, given, linted, taken } = useStore(imports.store)
  const field = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const give = (file: File | undefined) => {
    if (file !== undefined) void imports.give(file)
  }
  const isReady = linted !== null && linted.pack !== null && taken === null && asked.state !== 'asked'
  const take = async () => {
    if (isReady) await imports.take()
  }
  const choose: Command = {
    id: 'packs.choose',
    title: given === null ? importWords.choose : importWords.another,
    keys: 'c',
    run: () => field.current?.click(),
  }
  const go: Command = {
    id: 'packs.take',
    title: linted === null || linted.diff === null ? importWords.go : importWords.updateGo(linted.diff.after.version),
    keys: 'enter',
    run: () => void take(),
  }
  useCommands('base', importWords.title, [choose, ...(isReady ? [go] : [])])
  const over = (event: DragEvent) => {
    event.preventDefault()
    setOver(true)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    give(event.dataTransfer.files[0])
  }
  return (
    // Dropping is the mouse's own way; the keyboard has the button.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- see above
    <section
      className={isOver ? 'import-page over' : 'import-page'}
      aria-label={importWords.title}
      onDragOver={over}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <h1>{importWords.title}</h1>
      <p className="soft">{importWords.why}</p>
      <div className="row wrap drop-zone">
        <input
          ref={field}
          type="file"
          accept=".yaml,.yml"
          className="unseen"
          tabIndex={-1}
          aria-hidden="true"
          onChange={(event) => {
            give(event.currentTarget.files?.[0])
            event.currentTarget.value = ''
          }}
        />
        <CommandButton command={choose} {...(isReady ? {} : { look: 'first' as const })} />
        <span className="soft">{isOver ? importWords.dropNow : importWords.drop}</span>
      </div>
      {asked.state === 'asked' ? <output className="asked">{importWords.checking(given?.file ?? '')}</output> : null}
      {asked.state === 'failed' ? <RefusalNote refusal={asked.refusal} /> : null}
      {linted === null || linted.problems.length === 0 ? null : (
        <Problems file={given?.file ?? ''} lines={given?.lines ?? []} problems={linted.problems} />
      )}
      {linted === null || linted.pack === null || taken !== null ? null : (
        <section className="stack" aria-label={importWords.clean(linted.pack.title, linted.pack.version)}>
          <p className="clean">
            ✓ {importWords.clean(linted.pack.title, linted.pack.version)}{' '}
            <span className="faint mono">{packWords.version(linted.pack.id, linted.pack.hash)}</span>
          </p>
          {linted.diff === null ? (
            <p className="soft">{importWords.isNew}</p>
          ) : linted.diff.before.hash === linted.diff.after.hash ? (
            <p className="soft">{importWords.same}</p>
          ) : (
            <DiffList diff={linted.diff} />
          )}
          <div className="row">
            <CommandButton command={go} look="first" disabled={!isReady} />
          </div>
        </section>
      )}
      {taken === null ? null : (
        <div className="row wrap">
          <output className="clean">{importWords.taken(taken.pack.title, taken.pack.version)}</output>
          <button type="button" className="btn" onClick={() => onOpen({ name: 'pack', id: taken.pack.id })}>
            {importWords.open}
          </button>
          <button type="button" className="btn" onClick={() => onOpen({ name: 'bindings', id: taken.pack.id })}>
            {packWords.bindings}
          </button>
        </div>
      )}
    </section>
  )
}

interface ProblemsProps {
  readonly file: string
  readonly lines: readonly string[]
  readonly problems: readonly PackProblem[]
}

/** Each problem where it stands: line and column, the line itself, what is wrong, what would do. */
function Problems({ file, lines, problems }: ProblemsProps) {
  return (
    <section className="stack" aria-label={importWords.problems(file, problems.length)}>
      <p className="line-due" role="alert">
        △ {importWords.problems(file, problems.length)} {importWords.mend}
      </p>
      <ol className="problems">
        {problems.map((problem) => (
          <li key={`${problem.line} ${problem.column} ${problem.path} ${problem.happened}`} className="card problem">
            <p className="row wrap">
              <span className="mono problem-place">{importWords.place(problem.line, problem.column)}</span>
              <span className="faint mono">{problem.path === '' ? importWords.whole : problem.path}</span>
            </p>
            <p>
              <b>{problem.happened}</b>
            </p>
            <Excerpt text={lines[problem.line - 1] ?? ''} line={problem.line} column={problem.column} />
            <p className="soft">{problem.next}</p>
          </li>
        ))}
      </ol>
    </section>
  )
}

const EXCERPT = 110

/** The line of the problem, with a sign under its column. What hides or steers is shown as its place alone. */
function Excerpt({ text, line, column }: { readonly text: string; readonly line: number; readonly column: number }) {
  const clean = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd')
  if (clean.trim() === '') return null
  const from = column <= EXCERPT - 20 ? 0 : column - 40
  const shown = clean.slice(from, from + EXCERPT)
  return (
    <pre className="mono excerpt">
      <span className="faint">{line} </span>
      {shown}
      {'\n'}
      <span className="faint" aria-hidden="true">
        {' '.repeat(String(line).length + 1 + Math.max(0, Math.min(column - 1 - from, shown.length)))}▲
      </span>
    </pre>
  )
}
