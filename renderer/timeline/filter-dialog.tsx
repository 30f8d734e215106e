import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { Result } from '../../shared/contract.ts'
import { type TimelineFilter, type TimelineGroup, timelineGroups } from '../../shared/incident/timeline-filter.ts'
import { roomOf } from '../incident/rooms-store.ts'
import { useStores } from '../stores.ts'
import { Dialog } from '../ui/dialog.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { timelineWords } from '../words/timeline.ts'

const nothing: TimelineFilter = { groups: [], starred: false, person: null }

/** What of the timeline is shown. Each choice holds at once: the list behind the dialog follows. */
export function FilterDialog({ id }: { readonly id: string }) {
  const { rooms, view } = useStores()
  const words = timelineWords.filter
  const { timeline, state } = useStore(rooms.store, (all) => roomOf(all, id))
  const [facets, setFacets] = useState<Result<'incidents.facets'> | null>(null)
  const filter = timeline.filter ?? nothing
  useEffect(() => {
    let isShown = true
    const read = async () => {
      const outcome = await rooms.facets(id)
      if (isShown && outcome.ok) setFacets(outcome.value)
    }
    void read()
    return () => {
      isShown = false
    }
  }, [rooms, id])
  const set = (change: Partial<TimelineFilter>) => rooms.filter(id, { ...filter, ...change })
  const toggle = (group: TimelineGroup) =>
    set({
      groups: filter.groups.includes(group)
        ? filter.groups.filter((known) => known !== group)
        : [...filter.groups, group],
    })
  const counts = new Map(facets?.groups.map(({ group, count }) => [group, count]))
  // What the incident has none of is no choice; what was chosen stays, so that it can be taken back.
  const offered = timelineGroups.filter((group) => counts.has(group) || filter.groups.includes(group))
  const isAll = timeline.filter === null
  return (
    <Dialog title={words.title} onClose={() => view.closeTop()} size={460}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          view.closeTop()
        }}
      >
        <fieldset className="filter-kinds">
          <legend className="unseen">{words.kinds}</legend>
          <label>
            <input
              type="checkbox"
              checked={filter.starred}
              onChange={() => set({ starred: !filter.starred })}
              data-autofocus
            />
            <span>★ {words.starred}</span>
            <span className="faint">{facets?.starred.toLocaleString('en') ?? ''}</span>
          </label>
          {offered.map((group) => (
            <label key={group}>
              <input type="checkbox" checked={filter.groups.includes(group)} onChange={() => toggle(group)} />
              <span>{words.groups[group]}</span>
              <span className="faint">{(counts.get(group) ?? 0).toLocaleString('en')}</span>
            </label>
          ))}
        </fieldset>
        <label className="filter-person">
          {words.person}
          <select
            value={filter.person ?? ''}
            onChange={({ currentTarget }) => set({ person: currentTarget.value || null })}
          >
            <option value="">{words.anybody}</option>
            {peopleOf(facets, filter.person).map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <output className="soft">
          {isAll || timeline.filtered === null
            ? ''
            : words.shown(timeline.filtered.total.toLocaleString('en'), (state?.entries ?? 0).toLocaleString('en'))}
        </output>
        <div className="row">
          <button type="submit" className="btn first">
            {words.done} <KeyCap keys="enter" />
          </button>
          <button type="button" className="btn" disabled={isAll} onClick={() => rooms.filter(id, null)}>
            {words.all}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

function peopleOf(facets: Result<'incidents.facets'> | null, chosen: string | null): readonly string[] {
  const names = facets?.people.map(({ name }) => name) ?? []
  return chosen === null || names.includes(chosen) ? names : [chosen, ...names]
}
