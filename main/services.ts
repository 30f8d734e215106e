import { join } from 'node:path'
import { type DeskClient, startDesk } from './desk/desk-client.ts'
import { readSettings, type Settings } from './desk/settings.ts'
import { createEvidence } from './evidence/evidence-client.ts'
import { EvidenceService } from './evidence/evidence-service.ts'
import { isOpenRow } from '../shared/incident/board.ts'
import { OverlayShelf } from './packs/overlay-shelf.ts'
import { PackShelf } from './packs/pack-shelf.ts'
import { packNamed } from './packs/packs.ts'
import { Practice } from './practice/practice.ts'
import { createProbes, type Probes } from './probes/probes.ts'
import { DEFAULT_IDLE_MINUTES } from '../shared/vault/idle.ts'
import { SearchService } from './search/search-service.ts'
import { systemKeyring } from './vault/keyring.ts'
import { VaultService } from './vault/vault-service.ts'
import { StorageService } from './storage/storage-service.ts'
import { SweepService } from './sweeps/sweep-service.ts'
import { Targets } from './targets/targets.ts'

/** Everything that works on one data folder, whoever asks: the window and the terminal are two faces of it. */
export interface Services {
  readonly dataFolder: string
  readonly desk: DeskClient
  readonly shelf: PackShelf
  readonly overlays: OverlayShelf
  readonly practice: Practice
  /** The probe thread: started by the first who asks (it takes half a second of a core), so asking early warms it. */
  readonly probes: () => Probes
  readonly sweeps: SweepService
  readonly targets: Targets
  /** Evidence; its thread is started by the first who asks. */
  readonly evidence: EvidenceService
  /** Search; its thread is started by the first who asks. */
  readonly search: SearchService
  readonly vault: VaultService
  readonly storage: StorageService
  settings: Settings
  close(): Promise<void>
}

/** `rings`: whether this process may become the runner of the data folder. Rejects with a refusal. */
export async function openServices(options: {
  dataFolder: string
  assetsFolder: string
  rings: boolean
  log: (what: string) => void
}): Promise<Services> {
  const { dataFolder, assetsFolder, rings, log } = options
  const [desk, shelf, settings] = await Promise.all([
    startDesk(dataFolder, { rings }),
    PackShelf.open(join(assetsFolder, 'packs'), dataFolder),
    readSettings(dataFolder),
  ])
  let started: Probes | null = null
  const probes = () => (started ??= createProbes())
  const practice = new Practice(join(dataFolder, 'practice'), join(assetsFolder, 'exercises', 'practice.yaml'), log)
  const search = new SearchService(desk, dataFolder, log)
  const vault = new VaultService(dataFolder, systemKeyring(process.platform), {
    nowMs: () => performance.now(),
    hasOpenIncident: async () => (await desk.ask('board')).some(isOpenRow),
    idleMinutes: async () => (await readSettings(dataFolder)).vaultIdleMinutes ?? DEFAULT_IDLE_MINUTES,
    log,
  })
  const evidence = new EvidenceService(desk, createEvidence(dataFolder), dataFolder, vault.vault)
  const storage = new StorageService({
    dataFolder,
    settings,
    isRunner: desk.startedAsRunner,
    evidenceStorage: () => evidence.storage(),
    log,
  })
  const sweeps = new SweepService({ desk, evidence, probes, practice })
  const overlays = new OverlayShelf(dataFolder, shelf)
  const packOf = (id: string) => packNamed(shelf.packs, id)
  return {
    dataFolder,
    storage,
    vault,
    desk,
    shelf,
    overlays,
    practice,
    probes,
    evidence,
    search,
    sweeps,
    targets: new Targets({
      folder: dataFolder,
      packOf,
      filled: (id) => overlays.effective(packOf(id).pack),
      findEngine: (mode, named) => sweeps.findEndpoint(mode, named),
    }),
    settings,
    async close() {
      vault.close()
      await Promise.all([started?.close(), evidence.close(), search.close(), practice.stop(), storage.close()])
      await desk.close()
    },
  }
}
