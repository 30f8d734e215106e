import type { KeyboardEvent } from 'react'
import type { FindingsTab } from '../desk/view-store.ts'
import { findingWords } from '../words/findings.ts'

export const findingsTabs: readonly FindingsTab[] = [
  'findings',
  'owners',
  'containers',
  'hygiene',
  'blind',
  'changed',
  'gone',
]

interface Props {
  readonly tab: FindingsTab
  /** How many each holds; null where it is not known yet. */
  readonly counts: Readonly<Record<FindingsTab, number | null>>
  onTab(tab: FindingsTab): void
}

/** The parts of the page, as https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ has it; digits choose them as well. */
export function PageTabs({ tab, counts, onTab }: Props) {
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (by === 0) return
    event.preventDefault()
    const at = (findingsTabs.indexOf(tab) + by + findingsTabs.length) % findingsTabs.length
    const next = findingsTabs[at] ?? tab
    onTab(next)
    document.getElementById(tabId(next))?.focus()
  }
  return (
    <div className="page-tabs" role="tablist" aria-label={findingWords.parts} onKeyDown={onKeyDown} tabIndex={-1}>
      {findingsTabs.map((one, index) => (
        <button
          key={one}
          type="button"
          role="tab"
          id={tabId(one)}
          aria-selected={one === tab}
          aria-controls={PANEL}
          aria-keyshortcuts={String(index + 1)}
          tabIndex={one === tab ? 0 : -1}
          className="page-tab"
          onClick={() => onTab(one)}
        >
          <kbd aria-hidden="true">{index + 1}</kbd> {findingWords.tabs[one]}{' '}
          <span className="page-tab-count">{counts[one] ?? '…'}</span>
        </button>
      ))}
    </div>
  )
}

export const PANEL = 'findings-panel'

export function tabId(tab: FindingsTab): string {
  return `findings-tab-${tab}`
}
