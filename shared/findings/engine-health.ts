import type { ContainerSnapshot, EngineSnapshot } from '../docker/snapshot.ts'
import { engineItems } from './container-view.ts'
import { engineDraft } from './engine-draft.ts'
import type { Draft } from './draft.ts'
import { plain, spanInWords } from './words.ts'

/** What the engine warns of and what costs nobody an incident (moby, daemon/info_unix.go). */
const harmless =
  /No swap limit support|No kernel memory|No oom kill disable|No cpu|No blkio|No memory|bridge-nf-call|IPv4 forwarding is disabled|insecure registr|API is accessible|cgroup v1|docker-init|No io\./i
/** Signs of a sick storage; the first two are those of Kubernetes' node-problem-detector (config/docker-monitor.json). */
const sickStorage =
  /error reading from (?:overlay2|disk)|failed to register layer|returned error: .*(?:overlay|layer)|corrupt|running out of (?:data|metadata) space|loopback devices/i

const driftMs = 5_000
const hungPart = 0.2
const hungAtLeast = 3

/** D19 and D21: the engine warns of its storage, does not answer for many containers, or its clock is off. */
export function engineHealthDrafts(snapshot: EngineSnapshot): Draft[] {
  return [sickDraft(snapshot), hungDraft(snapshot), driftDraft(snapshot)].filter((draft) => draft !== null)
}

function sickDraft(snapshot: EngineSnapshot): Draft | null {
  if (!snapshot.engine.read) return null
  const told = snapshot.engine.value.warnings.filter((warning) => !harmless.test(warning) && sickStorage.test(warning))
  const [first] = told
  if (first === undefined) return null
  return engineDraft(snapshot, {
    code: 'D19',
    tier: 1,
    title: `the engine ${plain(snapshot.endpoint.name, 100)} warns of its storage`,
    why: `It says: “${plain(first, 300)}”. Containers may fail to start or lose what they write.`,
    cause: plain(first, 160),
    signs: ['disk-full'],
    next: 'Free its disk or mend its storage before anything is restarted: docker info, journalctl -u docker',
    evidence: [engineItems.info],
  })
}

/** Whether so many containers do not answer that the engine itself hangs. */
export function isHung({ containers }: EngineSnapshot): boolean {
  if (!containers.read) return false
  const silent = containers.value.filter(isSilent).length
  return silent >= hungAtLeast && silent >= containers.value.length * hungPart
}

function isSilent({ facts }: ContainerSnapshot): boolean {
  return !facts.read && facts.code === 'timed-out'
}

/** The list came, and then many containers did not answer: the daemon hangs on some lock, or its runtime does. */
function hungDraft(snapshot: EngineSnapshot): Draft | null {
  if (!snapshot.containers.read || !isHung(snapshot)) return null
  const all = snapshot.containers.value
  const silent = all.filter(isSilent)
  const draft = engineDraft(snapshot, {
    code: 'D19',
    tier: 1,
    title: `the engine ${plain(snapshot.endpoint.name, 100)} hangs on ${silent.length} containers`,
    why: `It lists ${all.length} containers and did not answer in time for ${silent.length} of them. What they do is not known.`,
    cause: 'the engine or its runtime hangs',
    signs: ['engine-unreachable'],
    next: 'Look for a hung daemon or a full disk: journalctl -u docker -u containerd; restarting Docker stops containers unless live-restore is on.',
    evidence: [engineItems.list, ...silent.map(({ folder }) => `${folder}/inspect.json`)],
  })
  const effects = silent.map(({ id, name, project, service }) => ({
    code: 'X02',
    object: { kind: 'container' as const, name, id, project, service },
    title: `could not check the state of ${name}`,
  }))
  return { ...draft, effects }
}

function driftDraft(snapshot: EngineSnapshot): Draft | null {
  if (!snapshot.engine.read || snapshot.engine.value.time === null) return null
  const off = Date.parse(snapshot.engine.value.time) - Date.parse(snapshot.takenAt)
  if (!Number.isFinite(off) || Math.abs(off) < driftMs + asked) return null
  return engineDraft(snapshot, {
    code: 'D21',
    tier: 2,
    title: `the clock of ${plain(snapshot.endpoint.name, 100)} is ${spanInWords(Math.abs(off))} ${off > 0 ? 'ahead' : 'behind'}`,
    why: 'Against this laptop’s clock. Times of its events and logs are off by as much; certificates and tokens may fail there.',
    cause: 'its clock, or this laptop’s, is wrong',
    signs: [],
    next: 'Compare both with a third: timedatectl on each.',
    evidence: [engineItems.info],
  })
}

/** The engine wrote its time some moments after the sweep began. */
const asked = 5_000
