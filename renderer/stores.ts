import { createContext, useContext, useState } from 'react'
import { useStore } from 'zustand'
import { shallow } from 'zustand/shallow'
import type { Bridge } from '../shared/bridge.ts'
import { type CallingStore, createCallingStore } from './calls/calling-store.ts'
import { type BoardStore, createBoardStore } from './board/board-store.ts'
import { createClient } from './bridge/client.ts'
import { listenToFeeds } from './bridge/feeds.ts'
import { type AlarmsStore, createAlarmsStore } from './clocks/alarms-store.ts'
import { createDraftStore, type DraftStore } from './declare/draft-store.ts'
import { createPacksStore, type PacksStore } from './declare/packs-store.ts'
import { createDeskStore, type DeskStore } from './desk/desk-store.ts'
import { createNowStore, type NowStore } from './desk/now-store.ts'
import { createPreferences, type Keep, type PreferencesStore, type Zone } from './desk/preferences.ts'
import { createViewStore, type ViewStore } from './desk/view-store.ts'
import { createExportsStore, type ExportsStore } from './exports/exports-store.ts'
import { type AnchorStore, createAnchorStore } from './journal/anchor-store.ts'
import { createVerificationStore, type VerificationStore } from './journal/verification-store.ts'
import { type AttachStore, createAttachStore } from './evidence/attach-store.ts'
import { createErasing, type Erasing } from './erasure/erasing.ts'
import { forgetErased } from './erasure/forget-erased.ts'
import { createEvidenceStore, type EvidenceStore } from './evidence/evidence-store.ts'
import { createEnginesStore, type EnginesStore } from './findings/engines-store.ts'
import { createLooksStore, type LooksStore } from './findings/looks-store.ts'
import { createSweepsStore, type SweepsStore } from './findings/sweeps-store.ts'
import { createHandoverStore, type HandoverStore } from './handover/handover-store.ts'
import { createObserverGate, type ObserverGate } from './handover/observer-gate.ts'
import { createMergingStore, type MergingStore } from './incident/merging-store.ts'
import { createRoomsStore, type RoomsStore } from './incident/rooms-store.ts'
import { type Commands, createCommands } from './keys/commands.ts'
import { createImportStore, type ImportStore } from './packs/import-store.ts'
import { createReadinessStore, type ReadinessStore } from './packs/readiness-store.ts'
import { createTargetsStore, type TargetsStore } from './packs/targets-store.ts'
import { createPeopleStore, type PeopleStore } from './people/people-store.ts'
import { createSecretsGate, type SecretsGate } from './secrets/secrets-gate.ts'
import { createVaultStore, type VaultStore } from './vault/vault-store.ts'
import { createQuotedStore, type QuotedStore } from './timeline/quoted-store.ts'
import { createPracticeStore, type PracticeStore } from './practice/practice-store.ts'
import { createMessages, type Messages } from './updates/messages.ts'
import { createStorageStore, type StorageStore } from './storage/storage-store.ts'
import { createSearchStore, type SearchStore } from './search/search-store.ts'
import { type ColumnStore, createColumnStore } from './todo/column-store.ts'
import { createLinks, type Links } from './todo/links.ts'
import { type AskingStore, createAskingStore } from './ui/asking-store.ts'
import { createDraftsStore, type DraftsStore } from './ui/drafts-store.ts'

/** Everything the window knows: mirrors of main by noun, what a person looks at, and what they have typed. */
export interface Stores {
  readonly desk: DeskStore
  readonly board: BoardStore
  readonly rooms: RoomsStore
  readonly packs: PacksStore
  readonly imports: ImportStore
  readonly targets: TargetsStore
  readonly readiness: ReadinessStore
  readonly engines: EnginesStore
  readonly sweeps: SweepsStore
  readonly looks: LooksStore
  readonly alarms: AlarmsStore
  readonly attachments: AttachStore
  readonly evidence: EvidenceStore
  readonly erasing: Erasing
  readonly quoted: QuotedStore
  readonly exports: ExportsStore
  readonly verification: VerificationStore
  readonly anchor: AnchorStore
  readonly practice: PracticeStore
  readonly vault: VaultStore
  readonly people: PeopleStore
  readonly search: SearchStore
  readonly storage: StorageStore
  readonly merging: MergingStore
  readonly declaration: DraftStore
  readonly drafts: DraftsStore
  readonly asking: AskingStore
  readonly calling: CallingStore
  readonly columns: ColumnStore
  readonly links: Links
  readonly messages: Messages
  readonly view: ViewStore
  readonly secrets: SecretsGate
  readonly handover: HandoverStore
  readonly observing: ObserverGate
  readonly preferences: PreferencesStore
  readonly now: NowStore
  readonly commands: Commands
}

interface Surroundings {
  readonly bridge: Bridge
  readonly now: () => number
  readonly keep: Keep
}

export function createStores({ bridge, now, keep }: Surroundings): Stores {
  const view = createViewStore()
  const secrets = createSecretsGate({
    show: () => view.open({ name: 'secrets' }),
    hide: () => view.close('secrets'),
  })
  const observing = createObserverGate({
    looksOn: (incident) => handover.looksOn(incident),
    show: () => view.open({ name: 'observing' }),
    hide: () => view.close('observing'),
  })
  const client = observing.guard(secrets.guard(createClient(bridge)))
  const handover = createHandoverStore(client)
  const preferences = createPreferences(keep)
  const packs = createPacksStore(client)
  return {
    desk: createDeskStore(client),
    board: createBoardStore(),
    rooms: createRoomsStore(client),
    packs,
    imports: createImportStore(client, packs),
    targets: createTargetsStore(client),
    readiness: createReadinessStore(client),
    engines: createEnginesStore(client),
    sweeps: createSweepsStore(client, now),
    looks: createLooksStore(client),
    alarms: createAlarmsStore(() => incidentIn(view)),
    attachments: createAttachStore(client),
    evidence: createEvidenceStore(client),
    erasing: createErasing(client),
    quoted: createQuotedStore(client),
    exports: createExportsStore(client),
    verification: createVerificationStore(client, now),
    anchor: createAnchorStore(client),
    practice: createPracticeStore(client),
    vault: createVaultStore(client),
    people: createPeopleStore(client),
    search: createSearchStore(client, () => offsetNow(preferences, now())),
    storage: createStorageStore(client),
    merging: createMergingStore(client),
    declaration: createDraftStore(),
    drafts: createDraftsStore(),
    asking: createAskingStore(),
    calling: createCallingStore(),
    columns: createColumnStore(),
    links: createLinks(client),
    messages: createMessages(client),
    view,
    secrets,
    handover,
    observing,
    preferences,
    now: createNowStore(now),
    commands: createCommands(),
  }
}

function incidentIn({ store }: ViewStore): string | null {
  const { view } = store.getState()
  return view.name === 'incident' ? view.id : null
}

/** How far typed times are ahead of UTC, in minutes, in the zone that is shown. */
function offsetNow({ store }: PreferencesStore, nowMs: number): number {
  return store.getState().zone === 'utc' ? 0 : 0 - new Date(nowMs).getTimezoneOffset()
}

/** Hears every feed and asks for the desk. Answers its own undo. */
export function startStores(stores: Stores, bridge: Bridge): () => void {
  const stopListening = listenToFeeds(bridge, {
    'desk.changed': stores.desk.changed,
    'incidents.board': stores.board.changed,
    'incidents.entries': (message) => {
      stores.rooms.fed(message)
      forgetErased(stores, message)
    },
    'sweeps.progress': stores.sweeps.progressed,
    'sweeps.ended': stores.sweeps.ended,
    'journal.verifying': stores.verification.progressed,
    'journal.verified': stores.verification.ended,
    'alarms.given': stores.alarms.given,
    'incidents.wanted': ({ id }) => stores.view.show({ name: 'incident', id }),
    'vault.changed': (status) => {
      stores.vault.changed(status)
      if (status.locked === 'all') stores.people.drop()
      else stores.people.outdate()
    },
    'storage.health': stores.storage.changed,
    'storage.backup': stores.storage.progressed,
    'evidence.progress': stores.evidence.progressed,
  })
  const stopTicking = stores.now.start()
  void openDesk(stores)
  return () => {
    stopTicking()
    stopListening()
  }
}

/** Asks for the desk and the board; tried again by the person where it was refused. */
export async function openDesk(stores: Stores): Promise<void> {
  const outcome = await stores.desk.open()
  if (!outcome.ok) return
  stores.board.changed(outcome.value.board)
  // Whoever declares types faster than a pack is read: the questions must be there when the title is.
  await Promise.all(outcome.value.desk.packs.map(({ id }) => stores.packs.read(id)))
}

export const StoresContext = createContext<Stores | null>(null)

export function useStores(): Stores {
  const stores = useContext(StoresContext)
  if (stores === null) throw new Error('a part of the window stands outside StoresContext')
  return stores
}

/** The second that all clocks of the window show. */
export function useNow(): number {
  return useStore(useStores().now.store, ({ nowMs }) => nowMs)
}

/**
 * Something read off the clock that changes seldom: the caller is drawn again only when it does. By default what holds parts
 * is the same as long as each of its parts is.
 */
export function useOfNow<T>(read: (nowMs: number) => T, isSame: (a: T, b: T) => boolean = shallow): T {
  const [known] = useState<Known<T>>(() => ({ value: undefined }))
  return useStore(useStores().now.store, steadily(read, isSame, known))
}

/** What was read last, through all drawings of a part. */
interface Known<T> {
  value: T | undefined
}

/** React asks several times for one drawing: each second is read once. */
function steadily<T>(read: (nowMs: number) => T, isSame: (a: T, b: T) => boolean, known: Known<T>) {
  let readAt = Number.NaN
  return ({ nowMs }: { readonly nowMs: number }): T => {
    if (nowMs === readAt && known.value !== undefined) return known.value
    readAt = nowMs
    const next = read(nowMs)
    if (known.value !== undefined && isSame(known.value, next)) return known.value
    known.value = next
    return next
  }
}

/** In which zone times are shown and typed. */
export function useZone(): Zone {
  return useStore(useStores().preferences.store, ({ zone }) => zone)
}

/**
 * A field's text that outlives its dialog: the text, how to set it, and how to forget it once it was sent. What was typed
 * after the drawing that sent it is kept.
 */
export function useDraft(field: string): readonly [string, (text: string) => void, () => void] {
  const { drafts } = useStores()
  const text = useStore(drafts.store, (all) => all[field] ?? '')
  return [text, (next) => drafts.set(field, next), () => drafts.clearSent(field, text)]
}

const TYPED = '='

/** A draft of a field that begins with what is known. One that was emptied is not the same as one that was left alone. */
export function useTyped(field: string, known: string): readonly [string, (text: string) => void, () => void] {
  const [draft, set, forget] = useDraft(field)
  const text = draft === '' ? known : draft.slice(TYPED.length)
  return [text, (next) => (next === known ? forget() : set(`${TYPED}${next}`)), forget]
}
