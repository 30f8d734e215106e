import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import type { KeptLook, OtherWaiver } from '../../shared/findings/calls.ts'
import { goneSince, type SeenBefore } from '../../shared/findings/compare.ts'
import { isBlindSpot } from '../../shared/findings/blind-spots.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import type { ContainerRow, ContainerUsage, CouldNotRead } from '../../shared/findings/sweep.ts'
import { waiverKeyOf, waiverOf, type Waivers } from '../../shared/findings/waivers.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import { useOfNow, useStores } from '../stores.ts'
import type { Asked } from '../ui/asked.ts'
import { type Change, changesOf } from './changes.ts'
import { lookOf } from './looks-store.ts'
import { type Order, sorted } from './sorted.ts'
import { isRunning, type SweepRun } from './sweeps-store.ts'

/** All that the page shows, before anything is left out of it. */
export interface PageData {
  readonly run: SweepRun | undefined
  readonly running: boolean
  /** Whether the findings are those of the journal, and not of a sweep under way. */
  readonly isKept: boolean
  readonly isSwept: boolean
  /** In the order asked for, what is waived last; null before the first sweep. */
  readonly findings: readonly Finding[] | null
  /** Null until the kept evidence was read again. */
  readonly hygiene: readonly Finding[] | null
  readonly asked: Asked
  readonly look: KeptLook | null
  readonly rows: readonly ContainerRow[] | null
  readonly usage: Readonly<Record<string, ContainerUsage>>
  /** Findings that tell of what could not be checked, and each such thing. */
  readonly blind: readonly Finding[]
  readonly spots: readonly CouldNotRead[]
  readonly changes: readonly Change[]
  readonly before: SeenBefore | null
  readonly gone: readonly string[]
  readonly elsewhere: readonly OtherWaiver[]
  /** Asks for the kept evidence once more. */
  retry(): void
}

export function usePageData(state: IncidentState, order: Order): PageData {
  const { looks, sweeps } = useStores()
  const { id, sweep, waivers } = state
  const bundle = sweep?.bundle ?? null
  const run = useStore(sweeps.store, (runs) => runs[id])
  const { asked, look } = useStore(looks.store, (all) => lookOf(all, bundle))
  const elsewhere = useStore(looks.store, (all) => all.elsewhere[id]) ?? nobody
  useEffect(() => {
    if (bundle !== null) void looks.read(id, bundle)
    void looks.readElsewhere(id)
  }, [looks, id, bundle])
  const running = isRunning(run)
  const fresh = running ? (run?.findings ?? null) : null
  const found = fresh ?? sweep?.findings ?? null
  const findings = useWaivedLast(
    useMemo(() => (found === null ? null : sorted(found, order)), [found, order]),
    waivers,
  )
  const hygiene = useWaivedLast(look?.hygiene ?? null, waivers)
  const before = sweep?.earlier[sweep.summary.endpoint.id] ?? null
  const live = running ? (run?.rows ?? null) : null
  const lookUsage = useMemo(() => Object.fromEntries((look?.usage ?? []).map((one) => [one.id, one])), [look])
  return {
    run,
    running,
    isKept: fresh === null,
    isSwept: sweep !== null,
    findings,
    hygiene,
    asked,
    look,
    rows: live ?? look?.containers.map(({ row }) => row) ?? run?.rows ?? null,
    usage: live === null && look !== null ? lookUsage : (run?.usage ?? lookUsage),
    blind: (sweep?.findings ?? []).filter(isBlindSpot),
    spots: sweep?.summary.couldNotRead ?? [],
    changes: useMemo(() => changesOf(sweep?.findings ?? [], look?.happened ?? []), [sweep, look]),
    before,
    gone: sweep === null ? [] : goneSince(sweep.findings, before),
    elsewhere,
    retry: () => {
      if (bundle !== null) void looks.read(id, bundle)
    },
  }
}

const nobody: readonly never[] = []

/** What is waived last, in their own order else; a waiver that runs out moves its finding at that second. */
function useWaivedLast(findings: readonly Finding[] | null, waivers: Waivers): readonly Finding[] | null {
  const heldKeys = useOfNow((nowMs) =>
    (findings ?? nobody)
      .filter((finding) => waiverOf(finding, waivers, nowMs) !== null)
      .map(waiverKeyOf)
      .join('\n'),
  )
  return useMemo(() => {
    if (findings === null || heldKeys === '') return findings
    const held = new Set(heldKeys.split('\n'))
    const isHeld = (finding: Finding) => held.has(waiverKeyOf(finding))
    return [...findings.filter((finding) => !isHeld(finding)), ...findings.filter(isHeld)]
  }, [findings, heldKeys])
}
