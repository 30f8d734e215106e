import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { PackDiff } from '../../shared/packs/calls.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { stepsIn } from '../../shared/packs/steps-of.ts'
import type { PagedList } from '../../shared/packs/search.ts'
import type { Command } from '../keys/commands.ts'
import { useStores } from '../stores.ts'
import { CommandButton } from '../ui/command-button.tsx'
import { ForgetButton } from '../ui/forget-button.tsx'
import { Shape } from '../ui/severity-mark.tsx'
import { everyWords, packWords, windowWords } from '../words/packs.ts'
import { readinessWords } from '../words/readiness.ts'
import { targetWords } from '../words/targets.ts'
import { DiffList } from './diff-list.tsx'
import { EscalationPicture } from './escalation-picture.tsx'
import { leftToBind } from './left-to-bind.ts'
import { itemsOfList, type PackPage } from './pack-pages.ts'
import { PackPeople } from './pack-people.tsx'
import { PackRest } from './pack-rest.tsx'
import { PhasePicture } from './phase-picture.tsx'
import { Part } from './sheet-part.tsx'
import { useAnchor } from './use-anchor.ts'
import { Yours } from './whose.tsx'

interface Props {
  readonly pack: Pack
  readonly page: PackPage
  onOpen(page: PackPage): void
}

/** A pack as a page: what it is for, how bad is told, its phases, scenarios, people, escalation and papers. */
export function PackSheet({ pack, page, onOpen }: Props) {
  useAnchor(page)
  return (
    <article className="pack-sheet" aria-label={pack.title}>
      <Head pack={pack} onOpen={onOpen} />
      <Severities pack={pack} />
      <PagedPart pack={pack} list="scenarios" onOpen={onOpen} />
      <Part id="phases" title={packWords.lists.phases} count={pack.phases.length}>
        <PhasePicture pack={pack} onOpen={onOpen} />
      </Part>
      <Part id="escalation" title={packWords.escalation} count={pack.escalation.length}>
        <EscalationPicture pack={pack} />
      </Part>
      <PackPeople pack={pack} />
      <PagedPart pack={pack} list="routines" onOpen={onOpen} />
      <PackRest pack={pack} />
    </article>
  )
}

function Head({ pack, onOpen }: Omit<Props, 'page'>) {
  const { declaration, desk, imports, targets, view } = useStores()
  const summary = useStore(desk.store, (state) => state.desk?.packs.find(({ id }) => id === pack.id))
  const bound = useStore(targets.store, (all) => all[pack.id]?.bindings ?? null)
  const left = bound === null ? null : leftToBind(pack, bound)
  const declare: Command = {
    id: 'packs.sheet-declare',
    title: packWords.declare,
    keys: 'd',
    run: () => {
      declaration.choosePack(pack.id)
      view.show({ name: 'declare' })
    },
  }
  const bind: Command = {
    id: 'packs.sheet-bind',
    title: packWords.bindings,
    keys: 'b',
    run: () => onOpen({ name: 'bindings', id: pack.id }),
  }
  const ready: Command = {
    id: 'packs.sheet-ready',
    title: readinessWords.open,
    keys: 'r',
    run: () => onOpen({ name: 'readiness', id: pack.id }),
  }
  const { document, category, control, updated } = pack.source
  const isYours = summary?.origin === 'imported'
  return (
    <header className="stack">
      <div className="row wrap">
        <h1>{pack.title}</h1>
        {summary === undefined ? null : (
          <>
            <span className="chip mono" title={summary.hash}>
              {packWords.version(summary.version, summary.hash)}
            </span>
            <span className="chip">{packWords.origin[summary.origin]}</span>
          </>
        )}
        <span className="end row wrap">
          <CommandButton command={declare} look="first" />
          <CommandButton command={bind} />
          <CommandButton command={ready} />
        </span>
      </div>
      <p>{pack.scope}</p>
      <p className="faint">
        {packWords.document} {[document, category, control].filter((part) => part !== null).join(' · ')}
        {updated === null ? '' : ` · ${packWords.updated(updated)}`}
      </p>
      <p>
        {left === null ? null : (
          <span className={left.places.length + left.targets.length === 0 ? 'soft' : 'line-due'}>
            {targetWords.left(left.places.length, left.targets.length)}
          </span>
        )}{' '}
        <ReadinessLine pack={pack} />
      </p>
      {pack.about.map((one) => (
        <p key={one.id} className="soft">
          {one.title}
          {one.text === undefined ? '' : `: ${one.text}`}
        </p>
      ))}
      {isYours ? (
        <div className="row wrap">
          <ForgetButton
            label={packWords.remove}
            sure={packWords.removeSure(pack.title)}
            forget={async () => {
              const isStill = view.mark()
              const outcome = await imports.remove(pack.id)
              if (outcome.ok && isStill()) onOpen({ name: 'pack', id: null })
              return outcome
            }}
          />
          <span className="faint">{packWords.removeNote}</span>
        </div>
      ) : null}
      {isYours ? <LastChange key={summary.hash} id={pack.id} /> : null}
    </header>
  )
}

function ReadinessLine({ pack }: { readonly pack: Pack }) {
  const { readiness } = useStores()
  const known = useStore(readiness.store, (all) => all[pack.id]?.readiness ?? null)
  useEffect(() => void readiness.read(pack.id), [readiness, pack.id])
  if (known === null) return null
  const missing = known.findings.filter(({ weight }) => weight === 'missing').length
  return (
    <span className={missing > 0 ? 'line-due' : 'soft'}>
      {readinessWords.open}: {readinessWords.short(missing, known.findings.length - missing)}
    </span>
  )
}

function LastChange({ id }: { readonly id: string }) {
  const { imports } = useStores()
  const [diff, setDiff] = useState<PackDiff | null>(null)
  useEffect(() => {
    let isWanted = true
    void imports.diff(id).then((outcome) => {
      if (isWanted) setDiff(outcome.ok ? outcome.value : null)
      return null
    })
    return () => {
      isWanted = false
    }
  }, [imports, id])
  if (diff === null) return null
  return (
    <details className="fold">
      <summary>{packWords.changed}</summary>
      <DiffList diff={diff} />
    </details>
  )
}

function Severities({ pack }: { readonly pack: Pack }) {
  const words = packWords.severityColumns
  const within = (minutes: number | null) =>
    minutes === null ? <span className="faint">{packWords.notSet}</span> : packWords.within(minutes)
  return (
    <Part id="severities" title={packWords.severities} count={pack.severities.length}>
      <table className="pack-table">
        <thead>
          <tr>
            <th scope="col">{words.code}</th>
            <th scope="col">{words.summary}</th>
            <th scope="col">{words.acknowledge}</th>
            <th scope="col">{words.respond}</th>
          </tr>
        </thead>
        <tbody>
          {pack.severities.map((severity, place) => (
            <tr key={severity.id}>
              <th scope="row">
                <Shape rank={severity.rank} /> <b>{severity.code}</b> {severity.name}
              </th>
              <td>
                {severity.summary}
                {severity.impact === undefined ? null : <span className="soft"> {severity.impact}</span>}
                {severity.examples.length === 0 ? null : <p className="faint">{severity.examples.join(' · ')}</p>}
              </td>
              <td>
                {within(severity.acknowledgeWithinMinutes)}{' '}
                <Yours pack={pack.id} path={`severities[${place}].acknowledgeWithinMinutes`} />
              </td>
              <td>
                {within(severity.respondWithinMinutes)}{' '}
                <Yours pack={pack.id} path={`severities[${place}].respondWithinMinutes`} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {pack.incidentTypes.length === 0 ? null : (
        <p className="soft">
          <b>{packWords.types}</b> {pack.incidentTypes.map(({ title }) => title).join(' · ')}
        </p>
      )}
    </Part>
  )
}

interface PagedProps {
  readonly pack: Pack
  readonly list: PagedList
  onOpen(page: PackPage): void
}

function PagedPart({ pack, list, onOpen }: PagedProps) {
  const items = itemsOfList(pack, list)
  const groups = [...Map.groupBy(items, ({ group }) => group)]
  return (
    <Part id={list} title={packWords.lists[list]} count={items.length}>
      {groups.map(([group, members]) => (
        <div key={group ?? ''}>
          {group === null ? null : <h3 className="faint">{group}</h3>}
          <ul className="item-list-lines">
            {members.map((item) => (
              <li key={item.id}>
                <button
                  type="button"
                  className="line-open"
                  onClick={() => onOpen({ name: 'item', id: pack.id, list, item: item.id })}
                >
                  {item.title}
                </button>
                <span className="soft">{item.summary}</span>
                <span className="faint end">
                  {list === 'routines'
                    ? `${everyWords(pack.routines.find(({ id }) => id === item.id)?.every ?? null)} · `
                    : ''}
                  {list === 'phases'
                    ? `${windowWords(pack.phases.find(({ id }) => id === item.id)?.window ?? null)} · `
                    : ''}
                  {packWords.steps(stepsIn(item.stages).length)}
                </span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </Part>
  )
}
