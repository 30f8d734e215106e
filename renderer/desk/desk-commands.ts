import { useStore } from 'zustand'
import { lookFirst } from '../board/look-first.ts'
import type { Command } from '../keys/commands.ts'
import { useCommands } from '../keys/use-commands.ts'
import { useStores } from '../stores.ts'
import { boardWords } from '../words/board.ts'
import { deskWords } from '../words/desk.ts'
import { firstPage } from '../packs/pack-pages.ts'
import { mergingWords } from '../words/merging.ts'
import { packWords } from '../words/packs.ts'
import { peopleWords } from '../words/people.ts'
import { vaultWords } from '../words/vault.ts'
import { settingsWords } from '../words/settings.ts'
import { storageWords } from '../words/storage.ts'

/** What can be done from anywhere at the desk. */
export function useDeskCommands(): void {
  const stores = useStores()
  const { board, desk, preferences, view } = stores
  const { view: shown } = useStore(view.store)
  const { theme, zone } = useStore(preferences.store)
  const isReady = useStore(desk.store, (state) => (state.desk?.operator ?? null) !== null)
  const words = deskWords.commands
  const other = zone === 'utc' ? 'local' : 'utc'
  const incident = () => {
    const worst = board.store.getState().rows?.[0]
    if (shown.name !== 'incident' && worst !== undefined) view.show({ name: 'incident', id: worst.id })
  }
  const themes = [
    { id: 'desk.light', title: words.themeLight, theme: 'light' },
    { id: 'desk.dark', title: words.themeDark, theme: 'dark' },
    { id: 'desk.contrast', title: words.themeContrast, theme: 'contrast' },
    { id: 'desk.system', title: words.themeSystem, theme: 'system' },
  ] as const
  const anywhere: Command[] = isReady
    ? [
        { id: 'desk.declare', title: words.declare, keys: 'n', run: () => view.show({ name: 'declare' }) },
        {
          id: 'desk.look',
          title: boardWords.look.command,
          // In a room that key sweeps: pressed while a sweep runs it must not open another incident.
          keys: shown.name === 'incident' ? null : 'shift+f',
          run: () => void lookFirst(stores),
        },
        { id: 'desk.board', title: words.board, keys: 'g b', run: () => view.show({ name: 'board' }) },
        { id: 'desk.incident', title: words.incident, keys: 'g i', run: incident },
        {
          id: 'desk.packs',
          title: packWords.command,
          keys: 'g p',
          also: 'g k',
          run: () => view.show({ name: 'packs', page: firstPage }),
        },
        { id: 'desk.verify', title: words.verify, keys: 'v', run: () => view.open({ name: 'verify' }) },
        {
          id: 'desk.merging',
          title: mergingWords.command,
          keys: 'g m',
          run: () => view.open({ name: 'merging', id: shown.name === 'incident' ? shown.id : null }),
        },
        { id: 'desk.settings', title: settingsWords.command, keys: 'g s', run: () => view.open({ name: 'settings' }) },
        { id: 'desk.storage', title: storageWords.open, keys: null, run: () => view.open({ name: 'storage' }) },
        {
          id: 'desk.zone',
          title: words.zone(other === 'utc' ? 'UTC' : 'local time'),
          keys: 'z',
          run: () => preferences.set({ zone: other }),
        },
        { id: 'desk.vault', title: vaultWords.command, keys: 'g v', run: () => view.open({ name: 'vault' }) },
        { id: 'desk.people', title: peopleWords.command, keys: 'g n', run: () => view.open({ name: 'people' }) },
        { id: 'desk.card', title: peopleWords.card.command, keys: null, run: () => view.open({ name: 'card' }) },
        { id: 'desk.operator', title: words.operator, keys: null, run: () => view.open({ name: 'operator' }) },
        { id: 'desk.keys', title: words.keys, keys: '?', run: () => view.open({ name: 'keys' }) },
        ...themes
          .filter((choice) => choice.theme !== theme)
          .map((choice) => ({
            id: choice.id,
            title: choice.title,
            keys: null,
            run: () => preferences.set({ theme: choice.theme }),
          })),
      ]
    : []
  useCommands('base', words.group, anywhere)
  useCommands('always', words.always, [
    {
      id: 'desk.search',
      title: words.search,
      keys: '/',
      run: () => {
        if (isReady) view.open({ name: 'search' })
      },
    },
    {
      id: 'desk.palette',
      title: words.palette,
      keys: 'mod+k',
      whileTyping: true,
      run: () => {
        if (isReady) view.open({ name: 'palette' })
      },
    },
    {
      id: 'desk.close',
      title: words.close,
      keys: 'escape',
      whileTyping: true,
      run: () => {
        if (view.closeTop()) return
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
        if (shown.name === 'declare') view.show({ name: 'board' })
      },
    },
  ])
}
