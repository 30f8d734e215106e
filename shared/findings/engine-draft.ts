import type { EngineSnapshot } from '../docker/snapshot.ts'
import type { Draft } from './draft.ts'

type Said = Pick<Draft, 'code' | 'tier' | 'title' | 'why' | 'cause' | 'next' | 'evidence' | 'signs'>

/** A finding about the engine as a whole. */
export function engineDraft({ endpoint }: EngineSnapshot, said: Said): Draft {
  return {
    object: { kind: 'engine', name: endpoint.name, id: endpoint.host, project: null, service: null },
    effects: [],
    sure: 'measured',
    since: null,
    changed: [],
    mayFollow: false,
    reach: 100,
    ...said,
  }
}
