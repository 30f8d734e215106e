import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DeskClient, startDesk } from '../../../main/desk/desk-client.ts'
import { createEvidence } from '../../../main/evidence/evidence-client.ts'
import { EvidenceService, type SweepToKeep } from '../../../main/evidence/evidence-service.ts'
import { plainDeclaration } from '../incidents/plain-declaration.ts'

export const ana = { contact: null, name: 'Ana' }

/** A desk and its evidence in a folder of its own, on the real threads. */
export interface EvidenceDesk {
  readonly folder: string
  readonly desk: DeskClient
  readonly evidence: EvidenceService
  /** Begins an incident; answers its id. */
  declare(): Promise<string>
  close(): Promise<void>
}

export async function openEvidenceDesk(): Promise<EvidenceDesk> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-evidence-'))
  const desk = await startDesk(folder, { rings: false })
  const evidence = new EvidenceService(desk, createEvidence(folder), folder)
  const declare = async () => {
    return (await desk.ask('declare', plainDeclaration(), ana)).id
  }
  return {
    folder,
    desk,
    evidence,
    declare,
    async close() {
      await evidence.close()
      await desk.close()
      rmSync(folder, { recursive: true })
    },
  }
}

/** What a sweep brought: one item of that name and text, and whatever else is given. */
export function sweepOf(incident: string, items: Readonly<Record<string, string>>): SweepToKeep {
  const at = '2026-11-21T03:00:00.000Z'
  const endpoint = { id: 'x', mode: 'live', source: 'given', name: 'lab', host: 'unix:///x', current: true } as const
  const calls = { asked: 1, answered: 1, failed: 0 }
  const common = { startedAt: at, tookMs: 4, outcome: 'answered', masked: [], truncated: null }
  return {
    incident,
    title: 'Sweep',
    summary: { endpoint, startedAt: at, endedAt: at, tookMs: 4, engine: null, containers: 0, calls, couldNotRead: [] },
    findings: [],
    items: Object.entries(items).map(([name, text]) => ({
      ...common,
      name,
      bytes: new Uint8Array(new TextEncoder().encode(text)),
      request: `GET /${name}`,
    })),
    tool: 'Muster test',
  }
}
