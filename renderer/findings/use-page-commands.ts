import { type RefObject, useState } from 'react'
import type { KeptLook } from '../../shared/findings/calls.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import { findingsMarkdown } from '../../shared/findings/findings-markdown.ts'
import { waiverKeyOf } from '../../shared/findings/waivers.ts'
import { type IncidentState, isOpen } from '../../shared/incident/state.ts'
import type { FindingsTab } from '../desk/view-store.ts'
import type { Command } from '../keys/commands.ts'
import { useCommands } from '../keys/use-commands.ts'
import { useStores } from '../stores.ts'
import { copyText } from '../ui/copy.ts'
import { findingWords } from '../words/findings.ts'
import { commandsFor, findingAt, findingKeys } from './finding-keys.ts'
import { findingsTabs } from './page-tabs.tsx'
import type { FindingActs } from './use-finding-acts.ts'
import type { RowFocus } from './use-row-focus.ts'
import type { SweepControl } from './use-sweep.ts'

interface Page {
  readonly state: IncidentState
  readonly tab: FindingsTab
  readonly rows: Pick<RowFocus<HTMLElement>, 'at' | 'isOnRow' | 'step'>
  readonly acts: FindingActs
  readonly filter: RefObject<HTMLInputElement | null>
  readonly marks: ReadonlySet<string>
  /** All findings that a row may be. */
  readonly known: readonly Finding[]
  readonly look: KeptLook | null
  readonly control: SweepControl
  readonly isTree: boolean
  onTab(tab: FindingsTab): void
  onTree(isTree: boolean): void
  onMarks(marks: ReadonlySet<string>): void
  onOrder(): void
}

interface PageCommands {
  /** Those of the row that has the keyboard. */
  readonly commands: readonly Command[]
  readonly said: string
  /** What the system did not let Muster copy; null where it did. */
  readonly copied: string | null
}

/** The keys of the page: its parts, its rows, and what can be done with the row that has the keyboard. */
export function usePageCommands(page: Page): PageCommands {
  const { view } = useStores()
  const [said, setSaid] = useState({ words: '', at: '' })
  const [text, setText] = useState<string | null>(null)
  const { state, tab, rows, acts, marks, known, control } = page
  const words = findingWords.keys
  const focused = findingAt(known, rows.at)
  /** What came of a copy is told until the person goes on. */
  const here = `${tab} ${rows.at ?? ''} ${marks.size}`

  const copy = async (findings: readonly Finding[]) => {
    const { core, mode, sweep, evidence } = state
    if (sweep === null || findings.length === 0) return
    const bundle = evidence.find((known) => known.bundle === sweep.bundle) ?? null
    const from = { number: core.number, title: core.title, exercise: mode === 'exercise', sweptAt: sweep.at, bundle }
    const markdown = findingsMarkdown(findings, from)
    const isCopied = await copyText(markdown)
    setSaid({ words: isCopied ? findingWords.copied(findings.length) : findingWords.notCopied, at: here })
    setText(isCopied ? null : markdown)
  }
  const toggle = (finding: Finding) => {
    const key = waiverKeyOf(finding)
    const others = new Set(marks)
    if (!others.delete(key)) others.add(key)
    page.onMarks(others)
  }
  const marked = known.filter((finding) => marks.has(waiverKeyOf(finding)))
  const toCopy = marked.length > 0 ? marked : focused === undefined ? [] : [focused]
  const container = tab === 'containers' ? containerAt(page, rows.at) : null
  const ofRow: Command[] = [
    ...commandsFor(focused, acts),
    ...(container === null
      ? []
      : [{ id: 'finding.raw', title: words.raw, keys: findingKeys.evidence, run: () => view.open(container) }]),
    ...(focused === undefined
      ? []
      : [
          {
            id: 'finding.mark',
            title: words.mark,
            keys: rows.isOnRow ? findingKeys.mark : null,
            run: () => toggle(focused),
          },
        ]),
    ...(toCopy.length === 0
      ? []
      : [
          {
            id: 'finding.copy',
            title: words.copy(marked.length),
            keys: findingKeys.copy,
            run: () => void copy(toCopy),
          },
        ]),
  ]
  useCommands('findings', findingWords.title, [
    { id: 'finding.down', title: words.down, keys: 'j', also: 'arrowdown', run: () => rows.step(1) },
    { id: 'finding.up', title: words.up, keys: 'k', also: 'arrowup', run: () => rows.step(-1) },
    ...ofRow,
    ...(marks.size === 0
      ? []
      : [{ id: 'finding.unmark', title: words.unmark, keys: 'backspace', run: () => page.onMarks(new Set()) }]),
    ...findingsTabs.map((one, index) => ({
      id: `findings.${one}`,
      title: findingWords.tabs[one],
      keys: String(index + 1),
      run: () => page.onTab(one),
    })),
    { id: 'findings.filter', title: findingWords.filter, keys: 'f', run: () => page.filter.current?.focus() },
    ...(tab === 'findings' || tab === 'owners'
      ? [{ id: 'findings.order', title: words.order, keys: 'o', run: page.onOrder }]
      : []),
    ...(tab === 'containers'
      ? [
          {
            id: 'findings.tree',
            title: page.isTree ? findingWords.asTable : findingWords.asTree,
            keys: 't',
            run: () => page.onTree(!page.isTree),
          },
        ]
      : []),
    ...(isOpen(state) && !control.isRunning
      ? [{ id: 'findings.sweep', title: findingWords.sweep, keys: 'shift+f', run: control.start }]
      : []),
    ...(control.isRunning ? [{ id: 'findings.cancel', title: words.cancel, keys: 'x', run: control.cancel }] : []),
    { id: 'findings.keys', title: words.all, keys: '?', run: () => view.open({ name: 'keys' }) },
  ])
  return { commands: ofRow, said: said.at === here ? said.words : '', copied: said.at === here ? text : null }
}

/** The layer that shows a container's answer as it was kept; null before it is. */
function containerAt({ state, look }: Page, at: string | null) {
  const kept = look?.containers.find(({ row }) => row.id === at)
  const bundle = state.sweep?.bundle
  if (kept === undefined || bundle === undefined) return null
  const items = state.evidence.find((known) => known.bundle === bundle)?.items ?? []
  const own = `${kept.folder}/inspect.json`
  const item = items.some(({ name }) => name === own) ? own : 'containers.json'
  return { name: 'evidence', id: state.id, bundle, item } as const
}
