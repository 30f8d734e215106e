import { useState } from 'react'
import { type IncidentState, isOpen as isStillOpen } from '../../shared/incident/state.ts'
import type { Link } from '../../shared/incident/entries.ts'
import { useCommands } from '../keys/use-commands.ts'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { focusOnMount } from '../ui/focus-on-mount.ts'
import { Folding, type FoldingItem } from '../ui/folding.tsx'
import { usePopover } from '../ui/popover.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { incidentWords } from '../words/incident.ts'
import { count } from '../words/time.ts'

/** Where people meet and look, then what sort of incident it is and what it belongs to, in one line. */
export function HeadLinks({ state }: { readonly state: IncidentState }) {
  const { core } = state
  const [shown, setShown] = useState<Link | null>(null)
  const { view } = useStores()
  const isOpen = isStillOpen(state)
  const popover = usePopover()
  const show = (link: Link) => {
    setShown(link)
    popover.open()
  }
  useCommands(
    'base',
    incidentWords.linksGroup,
    core.links.map((link) => ({
      id: `incident.link-${link.link}`,
      title: incidentWords.openThe(incidentWords.links[link.link]),
      keys: null,
      run: () => show(link),
    })),
  )
  const links = core.links.map((link): FoldingItem => {
    const { link: kind, title } = link
    return {
      key: `link ${kind} ${title ?? ''}`,
      shown: (
        <button
          type="button"
          className="chip head-link"
          aria-expanded={popover.isOpen && shown?.link === kind}
          onClick={() => show(link)}
        >
          <span aria-hidden="true">↗</span>
          {title === null ? incidentWords.links[kind] : incidentWords.linkTitled(incidentWords.links[kind], title)}
        </button>
      ),
    }
  })
  const set = {
    key: 'set links',
    shown: (
      <button type="button" className="chip head-set" onClick={() => view.open({ name: 'links', id: state.id })}>
        {links.length === 0 ? incidentWords.setLinks : incidentWords.changeLinks}
      </button>
    ),
  }
  const items = [...links, ...(isOpen ? [set] : []), ...useChips(state)]
  if (items.length === 0 && !hasWarnings(state)) return null
  return (
    <div className="head-links" {...popover.around}>
      <Warnings state={state} />
      <Folding items={items} label={incidentWords.linksAndKinds} />
      {popover.isOpen && shown !== null ? <OpenLink link={shown} onDone={popover.close} /> : null}
    </div>
  )
}

function hasWarnings({ core, unread }: IncidentState): boolean {
  return core.status !== 'open' || unread > 0
}

/** What must not be overlooked about it: never folded. */
function Warnings({ state }: { readonly state: IncidentState }) {
  const { core } = state
  return (
    <>
      {core.status === 'open' ? null : <span className="chip warn">{incidentWords.statuses[core.status]}</span>}
      {state.unread === 0 ? null : (
        <span className="chip warn" title={incidentWords.unreadWhy}>
          △ {incidentWords.unread(count(state.unread, 'entry', 'entries'))}
        </span>
      )}
    </>
  )
}

/** The whole address, before anything opens. */
function OpenLink({ link, onDone }: { readonly link: Link; onDone(): void }) {
  const { links } = useStores()
  const asking = useAsking()
  const open = async () => {
    if (await asking.ask(() => links.open(link.url))) onDone()
  }
  return (
    <section className="card link-open" aria-label={incidentWords.openThe(incidentWords.links[link.link])}>
      <p className="mono link-url">{link.url}</p>
      <button ref={focusOnMount} type="button" className="btn first" onClick={() => void open()}>
        {incidentWords.openIt}
      </button>
      {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} onDismiss={asking.forget} />}
    </section>
  )
}

/** What sort of incident it is, what it hits, in what order it is worked on, what it belongs to, who noticed it. */
function useChips({ core, id }: IncidentState): FoldingItem[] {
  const { view } = useStores()
  const { types = [], priority = null, systems = [] } = core.classifications.at(-1) ?? {}
  const chip = (layer: 'relate' | 'classify', word: string): FoldingItem => ({
    key: `${layer} ${word}`,
    shown: (
      <button type="button" className="chip head-set" onClick={() => view.open({ name: layer, id })}>
        {word}
      </button>
    ),
  })
  const noticed = core.reportedBy === null ? [] : [incidentWords.reportedBy(core.reportedBy)]
  return [
    ...core.relations.map(({ how, number }) => chip('relate', `${incidentWords.relations[how]} ${number}`)),
    ...types.map(({ title }) => chip('classify', title)),
    ...(priority === null ? [] : [chip('classify', incidentWords.priority(priority.code, priority.title))]),
    ...systems.map((system) => chip('classify', incidentWords.system(system))),
    ...noticed.map((word) => ({ key: word, shown: <span className="chip">{word}</span> })),
  ]
}
