import { useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import type { PackSummary } from '../../shared/packs/calls.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { indexPacks, searchPacks } from '../../shared/packs/search.ts'
import type { Command } from '../keys/commands.ts'
import { useCommands } from '../keys/use-commands.ts'
import { useDraft, useStores } from '../stores.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { packWords } from '../words/packs.ts'
import { readinessWords } from '../words/readiness.ts'
import { BindingsPage } from './bindings-page.tsx'
import { ImportPage } from './import-page.tsx'
import { ItemPage } from './item-page.tsx'
import { type PackPage, pageOf } from './pack-pages.ts'
import { PageRegion } from './page-region.tsx'
import { PackSheet } from './pack-sheet.tsx'
import { PacksSide } from './packs-side.tsx'
import { ReadinessPage } from './readiness-page.tsx'
import { ResultList, useResults } from './results.tsx'

const none: readonly PackSummary[] = []

/** The browser of runbooks: the packs of the desk and a search over them at the left, one page at the right. */
export function PacksView({ page }: { readonly page: PackPage }) {
  const { declaration, desk, packs, view } = useStores()
  const listed = useStore(desk.store, (state) => state.desk?.packs ?? none)
  const read = useStore(packs.store)
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useDraft('packs search')
  const id = page.name === 'import' ? null : (page.id ?? listed[0]?.id ?? null)
  const known = useMemo(() => listed.flatMap((one) => read[one.id]?.pack ?? []), [listed, read])
  const index = useMemo(() => indexPacks(known), [known])
  const found = useMemo(() => searchPacks(index, typed), [index, typed])
  const open = (next: PackPage) => {
    setTyped('')
    view.show({ name: 'packs', page: next })
  }
  const results = useResults(found, (spot) => open(pageOf(spot)))
  useEffect(() => {
    for (const one of listed) void packs.read(one.id)
  }, [listed, packs])

  const words = packWords.commands
  const declare = () => {
    if (id !== null) declaration.choosePack(id)
    view.show({ name: 'declare' })
  }
  useCommands('base', packWords.group, [
    { id: 'packs.find', title: words.find, keys: 'f', run: () => field.current?.focus() },
    command('import', words.import, 'i', () => open({ name: 'import' })),
    ...(id === null ? [] : [command('bind', words.bind, 'b', () => open({ name: 'bindings', id }))]),
    ...(id === null ? [] : [command('ready', readinessWords.command, 'r', () => open({ name: 'readiness', id }))]),
    ...(id === null ? [] : [command('declare', words.declare, 'd', declare)]),
    command('up', words.up, 'backspace', () => open({ name: 'pack', id })),
    ...listed
      .slice(0, 9)
      .map((one, place) =>
        command(`pick-${one.id}`, words.pick(one.title), String(place + 1), () => open({ name: 'pack', id: one.id })),
      ),
  ])
  return (
    <main className="packs">
      <PacksSide
        page={page}
        current={id}
        typed={typed}
        results={results}
        field={field}
        onType={setTyped}
        onOpen={open}
      />
      <PageRegion key={keyOf(page, id)} page={page}>
        {typed.trim() === '' ? (
          <Shown page={page} id={id} pack={id === null ? null : (read[id]?.pack ?? null)} onOpen={open} />
        ) : (
          <ResultList results={results} typed={typed} />
        )}
      </PageRegion>
    </main>
  )
}

interface ShownProps {
  readonly page: PackPage
  readonly id: string | null
  readonly pack: Pack | null
  onOpen(page: PackPage): void
}

function Shown({ page, id, pack, onOpen }: ShownProps) {
  const { packs } = useStores()
  const asked = useStore(packs.store, (all) => (id === null ? null : all[id]?.asked) ?? null)
  if (page.name === 'import') return <ImportPage onOpen={onOpen} />
  if (id === null) return <p className="soft">{packWords.noneYet}</p>
  if (asked?.state === 'failed') {
    return <RefusalNote refusal={asked.refusal} onRetry={() => void packs.readAgain(id)} />
  }
  if (pack === null) return <output className="asked">{packWords.reading}</output>
  if (page.name === 'readiness') return <ReadinessPage key={id} pack={pack} />
  if (page.name === 'bindings') return <BindingsPage key={id} pack={pack} />
  if (page.name === 'item')
    return <ItemPage key={`${page.list} ${page.item}`} pack={pack} page={page} onOpen={onOpen} />
  return <PackSheet key={id} pack={pack} page={page} onOpen={onOpen} />
}

/** Another page begins at its top; another part of the same page does not. */
function keyOf(page: PackPage, id: string | null): string {
  return `${page.name} ${id} ${page.name === 'item' ? `${page.list} ${page.item}` : ''}`
}

function command(name: string, title: string, keys: string, run: () => void): Command {
  return { id: `packs.${name}`, title, keys, run }
}
