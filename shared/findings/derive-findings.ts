import type { EngineSnapshot } from '../docker/snapshot.ts'
import { ComposeGraph } from './compose-graph.ts'
import { type ContainerView, viewsOf } from './container-view.ts'
import type { Draft } from './draft.ts'
import { blindSpotDrafts } from './blind-spots.ts'
import { foldUnderRoom, hugeLogDraft, logBytesOf, roomDraft } from './disk-room.ts'
import { endedDraft } from './ended.ts'
import { engineHealthDrafts } from './engine-health.ts'
import { engineDrafts } from './engine-rule.ts'
import type { Finding } from './finding.ts'
import { foldFindings } from './fold-findings.ts'
import { fullDiskDraft, writtenBytesOf, writtenDraft } from './full-disk.ts'
import { haltedDraft } from './halted.ts'
import { withLogEvidence } from './log-evidence.ts'
import { loopDraft } from './loop.ts'
import { memoryDraft } from './memory.ts'
import { mountDraft } from './mounts.ts'
import { type ImageIndex, imageDraft, indexImages } from './moved-image.ts'
import { networkDraft } from './networks.ts'
import { neverStartedDraft } from './never-started.ts'
import { portClashDraft, type PortHolders, portHolders } from './port-clash.ts'
import { pressureDrafts } from './pressure.ts'
import { type KnockedPorts, knockedPorts, unheardPortDraft } from './published-port.ts'
import { rankFindings } from './rank-findings.ts'
import { RecentChanges } from './recent-changes.ts'
import { certificateDraft } from './served-certificate.ts'
import { startingDraft } from './starting.ts'
import { stoppedNeedDraft } from './stopped-need.ts'
import { unhealthyDraft } from './unhealthy.ts'

/**
 * What is wrong in a snapshot: ranked, cause before symptom, none for a healthy engine that
 * could be read in full. Pure: the same snapshot and `now` (ms since
 * 1970) give the same findings. Codes: D01 ended (D09 where the exit code tells why), D02 lack of memory, D04 restart loop, D05
 * unhealthy, D06 never ready, D07 not startable, D08 port taken, D10 dead or paused, D11 image moved, D12 mount, D13 no
 * space, D14 and D15 near a limit, D16 a need that is down, D17 network, D18 engine out of reach, D19 engine sick, D21
 * clock, D23 certificate; X01 to X12: what could not be
 * checked, last. What is untidy is told by `deriveHygiene`.
 */
export function deriveFindings(snapshot: EngineSnapshot, now: number): Finding[] {
  const views = viewsOf(snapshot)
  const graph = new ComposeGraph(views)
  const around = {
    graph,
    now,
    holders: portHolders(views),
    written: writtenBytesOf(snapshot),
    images: indexImages(snapshot),
    ports: knockedPorts(snapshot),
    logBytes: logBytesOf(snapshot),
  }
  const found = [
    ...engineDrafts(snapshot),
    ...engineHealthDrafts(snapshot),
    ...views.flatMap((view) => containerFindings(view, around)),
  ]
  const changes = new RecentChanges(snapshot, views, now)
  const folded = foldUnderRoom(foldFindings(found, graph), roomDraft(snapshot, views))
  const drafts = folded.map((draft) => ({ ...draft, changed: changes.before(draft) }))
  const wrong = rankFindings(drafts, now)
  // Below all that is wrong, however long ago that was.
  const blind = rankFindings(blindSpotDrafts(snapshot), now)
  return [...wrong, ...blind.map((finding) => ({ ...finding, rank: wrong.length + finding.rank }))]
}

/** What the rules look up beside the container itself: made once, as one look through all per container would be a square. */
interface Around {
  readonly graph: ComposeGraph
  readonly now: number
  readonly holders: PortHolders
  readonly written: ReadonlyMap<string, number>
  readonly images: ImageIndex | null
  readonly ports: KnockedPorts
  readonly logBytes: ReadonlyMap<string, number>
}

/**
 * One finding for a container: the strongest of what is wrong with it, the others as effects of it. A full disk, a mount
 * that it may not use, a taken port and lack of memory cause restarts and deaths; all of them cause failing checks.
 */
function containerFindings(
  view: ContainerView,
  { graph, now, holders, written, images, ports, logBytes }: Around,
): Draft[] {
  const memory = memoryDraft(view, now)
  const loop = loopDraft(view, now)
  const ended = memory === null && loop === null ? endedDraft(view, now) : null
  const down = [
    memory,
    fullDiskDraft(view),
    mountDraft(view),
    portClashDraft(view, holders),
    stoppedNeedDraft(view, graph),
    loop,
    ended,
    haltedDraft(view, now),
    networkDraft(view, graph),
    neverStartedDraft(view, now),
  ]
  const ill = [
    ...pressureDrafts(view),
    unhealthyDraft(view),
    startingDraft(view, now),
    unheardPortDraft(view, ports, now),
    writtenDraft(view, written),
    hugeLogDraft(view, logBytes),
    imageDraft(view, images),
  ]
  const wrong = [...down, ...ill].filter((one) => one !== null).toSorted((a, b) => a.tier - b.tier)
  // Nothing else that is wrong with it is a reason for that, nor follows from it alone.
  const certificate = certificateDraft(view, ports, now)
  const [cause, ...symptoms] = wrong
  if (cause === undefined) return certificate === null ? [] : [certificate]
  const told = withLogEvidence(cause, view, now)
  return [
    {
      ...told,
      effects: symptoms.map(({ code, object, title }) => ({ code, object, title })),
      signs: [...new Set(wrong.flatMap(({ signs }) => signs))],
      evidence: [...new Set([told, ...symptoms].flatMap(({ evidence }) => evidence))],
    },
    ...(certificate === null ? [] : [certificate]),
  ]
}
