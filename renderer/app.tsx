import { MantineProvider } from '@mantine/core'
import { useEffect } from 'react'
import { useStore } from 'zustand'
import { Board } from './board/board.tsx'
import { Declare } from './declare/declare.tsx'
import { useDeskCommands } from './desk/desk-commands.ts'
import { JournalNotice } from './desk/journal-notice.tsx'
import { Layers } from './desk/layers.tsx'
import { Tabs } from './desk/tabs.tsx'
import { UnreadRefusals } from './desk/unread-refusals.tsx'
import { useKeys } from './desk/use-keys.ts'
import { useTheme } from './desk/use-theme.ts'
import { Welcome } from './desk/welcome.tsx'
import { Room } from './incident/room.tsx'
import { PacksView } from './packs/packs-view.tsx'
import { openDesk, type Stores, StoresContext, useStores } from './stores.ts'
import { Mend } from './ui/mend.tsx'
import { RefusalNote } from './ui/refusal-note.tsx'
import { RecoveryNotice } from './vault/recovery-notice.tsx'
import { deskWords } from './words/desk.ts'
import { incidentWords } from './words/incident.ts'
import { shortNumber } from './words/number.ts'

interface Props {
  readonly stores: Stores
  /** Allows the styles that Mantine makes while running, under the shell's content security policy. */
  readonly nonce: string
}

export function App({ stores, nonce }: Props) {
  return (
    <StoresContext value={stores}>
      <Themed nonce={nonce} />
    </StoresContext>
  )
}

function Themed({ nonce }: { readonly nonce: string }) {
  const theme = useTheme()
  return (
    <MantineProvider
      forceColorScheme={theme}
      getStyleNonce={() => nonce}
      withGlobalClasses={false}
      theme={{ fontFamily: 'var(--sans)', defaultRadius: 7, focusRing: 'never' }}
    >
      <Window />
    </MantineProvider>
  )
}

function Window() {
  useKeys()
  useDeskCommands()
  const isExercise = useIsExercise()
  useTitle(isExercise)
  return (
    <div className="window" data-exercise={isExercise ? '' : undefined}>
      <Shown />
      <Layers />
      {isExercise ? (
        <div className="exercise-frame">
          <span>{deskWords.exerciseFrame}</span>
        </div>
      ) : null}
    </div>
  )
}

function Shown() {
  const { desk, view } = useStores()
  const { desk: known, opened } = useStore(desk.store)
  const shown = useStore(view.store, (state) => state.view)
  const stores = useStores()
  if (opened.state === 'failed') {
    return (
      <main className="centre whole">
        <RefusalNote refusal={opened.refusal} onRetry={() => void openDesk(stores)} />
      </main>
    )
  }
  if (known === null) {
    return (
      <main className="centre whole">
        <output className="asked">{deskWords.opening}</output>
      </main>
    )
  }
  if (known.operator === null) {
    return (
      <div className="whole">
        <Welcome />
      </div>
    )
  }
  return (
    <>
      <Tabs />
      <div className="notices">
        <JournalNotice />
        <RecoveryNotice />
        <UnreadRefusals />
      </div>
      <Mend key={shown.name === 'incident' ? shown.id : shown.name}>
        {shown.name === 'board' ? <Board /> : null}
        {shown.name === 'declare' ? <Declare /> : null}
        {shown.name === 'packs' ? <PacksView page={shown.page} /> : null}
        {shown.name === 'incident' ? <Room id={shown.id} onWall={shown.onWall === true} /> : null}
      </Mend>
    </>
  )
}

function useIsExercise(): boolean {
  const { board, view } = useStores()
  const shown = useStore(view.store, (state) => state.view)
  const mode = useStore(board.store, ({ rows }) =>
    shown.name === 'incident' ? rows?.find((row) => row.id === shown.id)?.mode : undefined,
  )
  return mode === 'exercise'
}

function useTitle(isExercise: boolean): void {
  const { board, view } = useStores()
  const shown = useStore(view.store, (state) => state.view)
  const row = useStore(board.store, ({ rows }) =>
    shown.name === 'incident' ? rows?.find((known) => known.id === shown.id) : undefined,
  )
  // By its number alone: the browser writes down every title that it showed, and an erased one must not outlive that.
  const what = row === undefined ? deskWords.board : shortNumber(row.number)
  useEffect(() => {
    document.title = `${isExercise ? `${incidentWords.modes.exercise} · ` : ''}${what} · Muster`
  }, [isExercise, what])
}
