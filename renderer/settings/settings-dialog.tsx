import { type ReactNode, useEffect } from 'react'
import { useStore } from 'zustand'
import { firstPage } from '../packs/pack-pages.ts'
import { useStores } from '../stores.ts'
import { Dialog } from '../ui/dialog.tsx'
import { settingsWords as words } from '../words/settings.ts'
import { vaultWords } from '../words/vault.ts'
import { LookChoice } from './look-choice.tsx'
import { StorageStanding } from './storage-standing.tsx'
import { ZoneChoice } from './zone-choice.tsx'

/** How this desk is set: what is chosen here, and where the rest is. */
export function SettingsDialog() {
  const { desk, vault, view } = useStores()
  const known = useStore(desk.store, (state) => state.desk)
  const status = useStore(vault.store, (state) => state.status)
  useEffect(() => void vault.read(), [vault])
  if (known === null) return null
  return (
    <Dialog title={words.title} onClose={() => view.closeTop()} size={760}>
      <div className="settings">
        <Part title={words.who}>
          <p>{known.operator?.name ?? words.nobody}</p>
          <Verb onPress={() => view.open({ name: 'operator' })}>{words.changeWho}</Verb>
        </Part>
        <Part title={words.look}>
          <LookChoice />
        </Part>
        <Part title={words.times}>
          <ZoneChoice />
        </Part>
        <Part title={words.storage}>
          <StorageStanding />
          <Verb onPress={() => view.open({ name: 'storage' })}>{words.openStorage}</Verb>
        </Part>
        <Part title={words.vault}>
          <p>{status === null || status.sealedBy.length === 0 ? words.noVault : vaultWords.locked[status.locked]}</p>
          <Verb onPress={() => view.open({ name: 'vault' })}>{words.openVault}</Verb>
        </Part>
        <Part title={words.contacts}>
          <p>{words.contactsWhat}</p>
          <Verb onPress={() => view.open({ name: 'people' })}>{words.openContacts}</Verb>
        </Part>
        <Part title={words.packs}>
          <p>{words.packsWhat(known.packs.length, known.packProblems.length)}</p>
          <Verb onPress={() => view.show({ name: 'packs', page: firstPage })}>{words.openPacks}</Verb>
        </Part>
        <Part title={words.clocks}>
          <p>{words.clocksRing[known.runner]}</p>
        </Part>
        <Part title={words.dataFolder}>
          <p className="mono settings-path">{known.dataFolder}</p>
        </Part>
        <Part title={words.version}>
          <p>{words.versionIs(known.version, known.shell)}</p>
        </Part>
      </div>
    </Dialog>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

function Verb({ onPress, children }: { readonly onPress: () => void; readonly children: string }) {
  return (
    <button type="button" className="btn" onClick={onPress}>
      {children}
    </button>
  )
}
