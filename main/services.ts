import { join } from 'node:path'
import { type DeskClient, startDesk } from './desk/desk-client.ts'
import { readSettings, type Settings } from './desk/settings.ts'
import { createEvidence } from './evidence/evidence-client.ts'
import { EvidenceService } from './evidence/evidence-service.ts'
import { loadPacks, type Packs } from './packs/packs.ts'
import { Practice } from './practice/practice.ts'
import { createProbes, type Probes } from './probes/probes.ts'
import { StorageService } from './storage/storage-service.ts'
import { SweepService } from './sweeps/sweep-service.ts'

/** Everything that works on one data folder, whoever asks: the window and the terminal are two faces of it. */
export interface Services {
  readonly dataFolder: string
  readonly desk: DeskClient
  readonly shelf: Packs
  readonly practice: Practice
  /** The probe thread: started by the first who asks (it takes half a second of a core), so asking early warms it. */
  readonly probes: () => Probes
  readonly sweeps: SweepService
  /** Evidence; its thread is started by the first who asks. */
  readonly evidence: EvidenceService
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
    loadPacks(join(assetsFolder, 'packs')),
    readSettings(dataFolder),
  ])
  let started: Probes | null = null
  const probes = () => (started ??= createProbes())
  const practice = new Practice(join(dataFolder, 'practice'), join(assetsFolder, 'exercises', 'practice.yaml'), log)
  const evidence = new EvidenceService(desk, createEvidence(dataFolder), dataFolder)
  const storage = new StorageService({
    dataFolder,
    settings,
    isRunner: desk.startedAsRunner,
    evidenceStorage: () => evidence.storage(),
    log,
  })
  return {
    dataFolder,
    storage,
    desk,
    shelf,
    practice,
    probes,
    evidence,
    sweeps: new SweepService({ desk, evidence, probes, practice }),
    settings,
    async close() {
      await Promise.all([started?.close(), evidence.close(), practice.stop(), storage.close()])
      await desk.close()
    },
  }
}
