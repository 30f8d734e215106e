import { useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { Finding } from '../../shared/findings/finding.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Pack, Scenario } from '../../shared/packs/pack.ts'
import type { FindingsTab } from '../desk/view-store.ts'
import { roomOf } from '../incident/rooms-store.ts'
import { useStores } from '../stores.ts'
import { Dialog } from '../ui/dialog.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { findingWords } from '../words/findings.ts'
import { PageBody } from './page-body.tsx'
import { PageFilter } from './page-filter.tsx'
import { PageFoot } from './page-foot.tsx'
import { PageHead } from './page-head.tsx'
import { PANEL, PageTabs, tabId } from './page-tabs.tsx'
import { nextOrder, type Order } from './sorted.ts'
import { useFindingActs } from './use-finding-acts.ts'
import { usePageCommands } from './use-page-commands.ts'
import { usePageData } from './use-page-data.ts'
import { useRowFocus } from './use-row-focus.ts'
import { useSweep } from './use-sweep.ts'

/** All that the newest sweep tells, over the room: findings, owners, containers, hygiene, blind spots, changes. */
export function FindingsPage({ id }: { readonly id: string }) {
  const { rooms, view } = useStores()
  const { state, pack } = useStore(rooms.store, (all) => roomOf(all, id))
  return (
    <Dialog title={findingWords.title} onClose={() => view.closeTop()} size="min(1500px, 96vw)">
      {state === null ? null : <Page state={state} pack={pack} />}
    </Dialog>
  )
}

function Page({ state, pack }: { readonly state: IncidentState; readonly pack: Pack | null }) {
  const { columns, view } = useStores()
  const [tab, setTab] = useState<FindingsTab>('findings')
  const [text, setText] = useState('')
  const [order, setOrder] = useState<Order>('rank')
  const [isTree, setTree] = useState(true)
  const [marks, setMarks] = useState<ReadonlySet<string>>(new Set())
  const filter = useRef<HTMLInputElement>(null)
  const control = useSweep(state)
  const data = usePageData(state, order)
  const { list, at, isOnRow, step, first, onKeyDown, onFocus, onBlur } = useRowFocus<HTMLElement>('findings')
  const acts = useFindingActs(state, pack, data.isKept)
  const { commands, said, copied } = usePageCommands({
    state,
    tab,
    rows: { at, isOnRow, step },
    acts,
    filter,
    marks,
    known: [...(data.findings ?? []), ...(data.hygiene ?? [])],
    look: data.look,
    control,
    isTree,
    onTab: setTab,
    onTree: setTree,
    onMarks: setMarks,
    onOrder: () => setOrder(nextOrder(order)),
  })
  const onSelect = (scenario: Scenario, finding: Finding) => {
    columns.select(state.id, { scenario, because: finding.title })
    columns.turn(state.id, 'steps')
    view.closeTop()
  }
  const { isKept, elsewhere } = data
  return (
    <div className="findings-page">
      <PageHead state={state} findings={data.findings} control={control} run={data.run} />
      <PageTabs
        tab={tab}
        counts={{
          findings: data.findings?.length ?? 0,
          owners: data.findings?.length ?? 0,
          containers: data.rows?.length ?? null,
          hygiene: data.hygiene?.length ?? null,
          blind: data.blind.length === 0 ? data.spots.length : data.blind.length,
          changed: data.changes.length,
          gone: data.gone.length,
        }}
        onTab={setTab}
      />
      <PageFilter
        field={filter}
        text={text}
        order={tab === 'findings' || tab === 'owners' ? order : null}
        isTree={tab === 'containers' ? isTree : null}
        onText={setText}
        onOrder={setOrder}
        onTree={setTree}
        onDown={first}
      />
      {acts.asking.refusal === null ? null : (
        <RefusalNote refusal={acts.asking.refusal} onDismiss={acts.asking.forget} />
      )}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows move between the rows in it */}
      <section
        className="findings-panel"
        role="tabpanel"
        id={PANEL}
        aria-labelledby={tabId(tab)}
        ref={list}
        tabIndex={0}
        data-autofocus
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          onFocus(event)
          // Whoever comes from outside wants the first row; whoever goes back out of the rows passes by.
          if (event.target === event.currentTarget && !event.currentTarget.contains(event.relatedTarget)) first()
        }}
        onBlur={onBlur}
      >
        <PageBody
          tab={tab}
          data={data}
          set={{ state, pack, isKept, acts, elsewhere, marks, onSelect }}
          text={text}
          isTree={isTree}
        />
      </section>
      <PageFoot marks={marks.size} said={said} text={copied} commands={commands} />
    </div>
  )
}
