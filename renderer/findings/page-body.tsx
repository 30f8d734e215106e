import type { ReactNode } from 'react'
import type { Finding } from '../../shared/findings/finding.ts'
import { waiverOf } from '../../shared/findings/waivers.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { FindingsTab } from '../desk/view-store.ts'
import { matches } from '../palette/match.ts'
import { useNow, useZone } from '../stores.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { findingWords } from '../words/findings.ts'
import { shortTime } from '../words/time.ts'
import { ChangedTab } from './changed-tab.tsx'
import { ContainersTab } from './containers-tab.tsx'
import { type CardSet, FindingCards } from './finding-cards.tsx'
import { OwnersTab } from './owners-tab.tsx'
import { Spots } from './spots-tab.tsx'
import type { PageData } from './use-page-data.ts'

interface Props {
  readonly tab: FindingsTab
  readonly data: PageData
  readonly set: CardSet
  /** Only rows with these words are shown. */
  readonly text: string
  readonly isTree: boolean
}

/** One part of the page. */
export function PageBody({ tab, data, set, text, isTree }: Props) {
  const passes = (...words: readonly (string | null)[]) =>
    matches(words.filter((word) => word !== null).join(' '), text)
  const fits = ({ code, title, why, object }: Finding) => passes(code, title, why, object.name, object.project)
  const { findings, hygiene, rows } = data
  switch (tab) {
    case 'findings':
    case 'owners': {
      if (findings === null) return <Never />
      if (findings.length === 0) return <Clear />
      const shown = findings.filter(fits)
      return (
        <OrNone count={shown.length} text={text}>
          {tab === 'owners' ? <OwnersTab findings={shown} set={set} /> : <FindingCards findings={shown} {...set} />}
        </OrNone>
      )
    }
    case 'containers': {
      if (rows === null) return <Waiting data={data} />
      const shown = rows.filter((row) => passes(row.name, row.image, row.state, row.health, row.project, row.service))
      return (
        <OrNone count={shown.length} text={text}>
          <ContainersTab rows={shown} usage={data.usage} isRunning={data.running} isTree={isTree} />
        </OrNone>
      )
    }
    case 'hygiene': {
      if (hygiene === null) return <Waiting data={data} />
      if (hygiene.length === 0) return <p className="card">✓ {findingWords.tidy}</p>
      const shown = hygiene.filter(fits)
      return (
        <>
          <HygieneLine findings={hygiene} state={set.state} />
          <OrNone count={shown.length} text={text}>
            <FindingCards findings={shown} isHygiene {...set} />
          </OrNone>
        </>
      )
    }
    case 'blind':
      if (!data.isSwept) return <Never />
      return (
        <>
          {data.blind.length === 0 ? (
            <Spots spots={data.spots.filter(({ what, why }) => passes(what, why))} />
          ) : (
            <FindingCards findings={data.blind.filter(fits)} {...set} />
          )}
        </>
      )
    case 'changed':
      if (data.look === null && data.changes.length === 0) return <Waiting data={data} />
      return <ChangedTab changes={data.changes.filter(({ what, before }) => passes(what, ...before))} />
    case 'gone':
      return <Gone titles={data.gone.filter((title) => passes(title))} before={data.before?.at ?? null} />
  }
}

interface OrNoneProps {
  readonly count: number
  readonly text: string
  readonly children: ReactNode
}

function OrNone({ count, text, children }: OrNoneProps) {
  return count === 0 ? <p className="card soft">{findingWords.noneFits(text)}</p> : children
}

/** Before the kept evidence was read again. */
function Waiting({ data: { isSwept, asked, retry } }: { readonly data: PageData }) {
  if (!isSwept) return <Never />
  if (asked.state === 'failed') return <RefusalNote refusal={asked.refusal} onRetry={retry} />
  return <output className="asked">{findingWords.derives}</output>
}

function Never() {
  return <p className="card soft">{findingWords.neverHint}</p>
}

function Clear() {
  return (
    <div className="card">
      <p>✓ {findingWords.clear}</p>
      <p className="faint">{findingWords.clearHint}</p>
    </div>
  )
}

function HygieneLine({ findings, state }: { readonly findings: readonly Finding[]; readonly state: IncidentState }) {
  const nowMs = useNow()
  const waived = findings.filter((finding) => waiverOf(finding, state.waivers, nowMs) !== null).length
  return <p className="soft panel-lead">{findingWords.untidy(findings.length, waived)}</p>
}

function Gone({ titles, before }: { readonly titles: readonly string[]; readonly before: string | null }) {
  const nowMs = useNow()
  const zone = useZone()
  if (before === null) return <p className="card soft">{findingWords.nothingBefore}</p>
  const when = shortTime(before, nowMs, zone)
  if (titles.length === 0) return <p className="card soft">{findingWords.nothingGone(when)}</p>
  return (
    <>
      <p className="soft panel-lead">{findingWords.goneSince(titles.length, when)}</p>
      <ul className="spot-list">
        {titles.map((title) => (
          <li key={title} data-row={title} tabIndex={-1}>
            <span aria-hidden="true">✓ </span>
            {title}
          </li>
        ))}
      </ul>
    </>
  )
}
