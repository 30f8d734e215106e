import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { Pack } from '../../shared/packs/pack.ts'
import type { ReadinessFinding } from '../../shared/packs/readiness/finding.ts'
import type { Readiness } from '../../shared/packs/readiness.ts'
import { useStores, useZone } from '../stores.ts'
import { Coded } from '../ui/coded.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { readinessWords } from '../words/readiness.ts'
import { dayOf } from '../words/time.ts'
import { Part } from './sheet-part.tsx'

/** What would be missing on the day, what is due, and which values are the organisation's own. */
export function ReadinessPage({ pack }: { readonly pack: Pack }) {
  const { readiness } = useStores()
  const known = useStore(readiness.store, (all) => all[pack.id])
  useEffect(() => void readiness.read(pack.id), [readiness, pack.id])
  const shown = known?.readiness ?? null
  return (
    <article className="readiness-page" aria-label={readinessWords.title(pack.title)}>
      <h1>{readinessWords.title(pack.title)}</h1>
      {known?.asked.state === 'failed' ? (
        <RefusalNote refusal={known.asked.refusal} onRetry={() => void readiness.read(pack.id)} />
      ) : null}
      {shown === null ? (
        known?.asked.state === 'failed' ? null : (
          <output className="asked">{readinessWords.reading}</output>
        )
      ) : (
        <Shown readiness={shown} />
      )}
    </article>
  )
}

function Shown({ readiness }: { readonly readiness: Readiness }) {
  const { findings, overlay, yours, due } = readiness
  const missing = findings.filter(({ weight }) => weight === 'missing')
  const advice = findings.filter(({ weight }) => weight === 'advice')
  return (
    <>
      <Overlay overlay={overlay} />
      {findings.length === 0 ? <p className="clean">✓ {readinessWords.allWell}</p> : null}
      <Findings id="missing" title={readinessWords.missing} findings={missing} />
      <Findings id="advice" title={readinessWords.advice} findings={advice} />
      <Part id="yours" title={readinessWords.yours} count={yours.length}>
        <ul className="sheet-lines">
          {yours.map((one) => (
            <li key={one.path}>
              <span className="mono">{one.path}</span> {readinessWords.says(one.says, one.runbook)}
            </li>
          ))}
        </ul>
      </Part>
      <DueList due={due} />
    </>
  )
}

function Overlay({ overlay }: Pick<Readiness, 'overlay'>) {
  if (overlay === null) return <p className="soft">{readinessWords.noOverlay}</p>
  if (overlay.problem !== null) {
    return <p className="line-due">△ {readinessWords.overlayProblem(overlay.file, overlay.problem)}</p>
  }
  return <p className="soft">{readinessWords.overlay(overlay.title ?? overlay.file)}</p>
}

interface FindingsProps {
  readonly id: string
  readonly title: string
  readonly findings: readonly ReadinessFinding[]
}

function Findings({ id, title, findings }: FindingsProps) {
  const topics = [...Map.groupBy(findings, ({ topic }) => topic)]
  return (
    <Part id={id} title={title} count={findings.length}>
      {topics.map(([topic, members]) => (
        <div key={topic} className="readiness-topic">
          <h3 className="soft">{readinessWords.topics[topic]}</h3>
          {[...Map.groupBy(members, ({ why }) => why)].map(([why, alike]) => (
            <div key={why}>
              <p className="soft">{why}</p>
              <ul className="sheet-lines">
                {alike.map((finding) => (
                  <li key={`${finding.path} ${finding.title}`}>
                    <span className={finding.weight === 'missing' ? 'line-due' : 'faint'} aria-hidden="true">
                      {finding.weight === 'missing' ? '△ ' : '○ '}
                    </span>
                    <b>{finding.title}</b>{' '}
                    <span className="faint">
                      <Coded text={finding.next} />
                    </span>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </div>
      ))}
    </Part>
  )
}

function DueList({ due }: Pick<Readiness, 'due'>) {
  const zone = useZone()
  const timed = due.filter(({ state }) => state !== 'as-asked')
  return (
    <Part id="due" title={readinessWords.due} count={timed.length}>
      <ul className="sheet-lines">
        {timed.map((one) => (
          <li key={`${one.what} ${one.id}`} className="sheet-line">
            <span>{one.title}</span>
            <span className={one.state === 'overdue' || one.state === 'never' ? 'line-due' : 'soft'}>
              {readinessWords.states[one.state]}
            </span>
            <span className="end faint">
              {[
                one.lastAt === null ? '' : readinessWords.lastAt(dayOf(one.lastAt, zone)),
                one.dueAt === null ? '' : readinessWords.dueAt(dayOf(one.dueAt, zone)),
              ]
                .filter((part) => part !== '')
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </Part>
  )
}
