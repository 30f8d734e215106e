import { useStore } from 'zustand'
import { ClassifyDialog } from '../classify/classify-dialog.tsx'
import { LinksDialog } from '../classify/links-dialog.tsx'
import { RelateDialog } from '../classify/relate-dialog.tsx'
import { DecideDialog } from '../decide/decide-dialog.tsx'
import { CallLayer } from '../calls/call-layer.tsx'
import { ClockPage } from '../clocks/clock-page.tsx'
import { PhaseDialog } from '../phases/phase-dialog.tsx'
import { EraseDialog } from '../erasure/erase-dialog.tsx'
import { EvidenceViewer } from '../evidence/evidence-viewer.tsx'
import { ExportDialog } from '../exports/export-dialog.tsx'
import { FindingsPage } from '../findings/findings-page.tsx'
import { WaiveDialog } from '../findings/waive-dialog.tsx'
import { ActivityDialog } from '../handover/activity-dialog.tsx'
import { BriefDialog } from '../handover/brief-dialog.tsx'
import { HandoverDialog } from '../handover/handover-dialog.tsx'
import { ObservingDialog } from '../handover/observing-dialog.tsx'
import { MergingDialog } from '../incident/merging-dialog.tsx'
import { ReopenDialog } from '../incident/reopen-dialog.tsx'
import { ResolveDialog } from '../incident/resolve-dialog.tsx'
import { RoleDialog } from '../incident/role-dialog.tsx'
import { SeverityDialog } from '../incident/severity-dialog.tsx'
import { SeverityWhy } from '../incident/severity-why.tsx'
import { VerifyDialog } from '../journal/verify-dialog.tsx'
import { KeysSheet } from '../keys/keys-sheet.tsx'
import { Palette } from '../palette/palette.tsx'
import { CardDialog } from '../people/card-dialog.tsx'
import { PeopleDialog } from '../people/people-dialog.tsx'
import { TeamsDialog } from '../people/teams-dialog.tsx'
import { SecretsDialog } from '../secrets/secrets-dialog.tsx'
import { VaultDialog } from '../vault/vault-dialog.tsx'
import { TaskDialog } from '../tasks/task-dialog.tsx'
import { TaskPage } from '../tasks/task-page.tsx'
import { UpdateDialog } from '../updates/update-dialog.tsx'
import { RestartDialog } from '../practice/restart-dialog.tsx'
import { SettingsDialog } from '../settings/settings-dialog.tsx'
import { StorageDialog } from '../storage/storage-dialog.tsx'
import { SearchLayer } from '../search/search-layer.tsx'
import { useStores } from '../stores.ts'
import { CorrectDialog } from '../timeline/correct-dialog.tsx'
import { StoredDialog } from '../timeline/stored-dialog.tsx'
import { FilterDialog } from '../timeline/filter-dialog.tsx'
import { JumpDialog } from '../timeline/jump-dialog.tsx'
import { Mend } from '../ui/mend.tsx'
import { OperatorDialog } from './operator-dialog.tsx'
import { OwnLayer } from './own-layer.ts'
import type { Layer } from './view-store.ts'

/** The layers over the view, the top one last. */
export function Layers() {
  const { view } = useStores()
  const layers = useStore(view.store, (state) => state.layers)
  return layers.map((layer, index) => (
    <Mend key={layer.serial}>
      <OwnLayer value={layer.serial}>
        <Shown layer={layer} under={layers[index - 1]?.name ?? 'base'} />
      </OwnLayer>
    </Mend>
  ))
}

function Shown({ layer, under }: { readonly layer: Layer; readonly under: string }) {
  switch (layer.name) {
    case 'search':
      return <SearchLayer />
    case 'palette':
      return <Palette under={under} />
    case 'keys':
      return <KeysSheet under={under} />
    case 'operator':
      return <OperatorDialog />
    case 'vault':
      return <VaultDialog />
    case 'secrets':
      return <SecretsDialog />
    case 'people':
      return <PeopleDialog />
    case 'verify':
      return <VerifyDialog />
    case 'merging':
      return <MergingDialog id={layer.id} />
    case 'settings':
      return <SettingsDialog />
    case 'storage':
      return <StorageDialog />
    case 'severity':
      return <SeverityDialog {...layer} />
    case 'severity-why':
      return <SeverityWhy id={layer.id} />
    case 'classify':
      return <ClassifyDialog id={layer.id} />
    case 'relate':
      return <RelateDialog id={layer.id} />
    case 'links':
      return <LinksDialog id={layer.id} />
    case 'resolve':
      return <ResolveDialog id={layer.id} />
    case 'reopen':
      return <ReopenDialog id={layer.id} />
    case 'handover':
      return <HandoverDialog id={layer.id} />
    case 'brief':
      return <BriefDialog id={layer.id} />
    case 'observing':
      return <ObservingDialog />
    case 'activity':
      return <ActivityDialog id={layer.id} />
    case 'role':
      return <RoleDialog id={layer.id} role={layer.role} />
    case 'call':
      return <CallLayer id={layer.id} />
    case 'teams':
      return <TeamsDialog id={layer.id} />
    case 'card':
      return <CardDialog />
    case 'task':
      return layer.entry === null ? <TaskDialog id={layer.id} /> : <TaskPage id={layer.id} entry={layer.entry} />
    case 'decide':
      return <DecideDialog id={layer.id} />
    case 'update':
      return <UpdateDialog id={layer.id} />
    case 'correct':
      return <CorrectDialog id={layer.id} entry={layer.entry} text={layer.text} />
    case 'stored':
      return <StoredDialog id={layer.id} entry={layer.entry} />
    case 'erase':
      return <EraseDialog key={layer.entry ?? layer.bundle} {...layer} />
    case 'evidence':
      return <EvidenceViewer id={layer.id} bundle={layer.bundle} item={layer.item} />
    case 'findings':
      return <FindingsPage id={layer.id} />
    case 'waive':
      return <WaiveDialog id={layer.id} finding={layer.key} title={layer.title} />
    case 'clock':
      return <ClockPage id={layer.id} clock={layer.clock} startedAt={layer.startedAt} />
    case 'phase':
      return <PhaseDialog id={layer.id} />
    case 'export':
      return <ExportDialog id={layer.id} />
    case 'timeline-filter':
      return <FilterDialog id={layer.id} />
    case 'jump':
      return <JumpDialog id={layer.id} typed={layer.typed} />
    case 'restart':
      return <RestartDialog id={layer.id} />
  }
}
