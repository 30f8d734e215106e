import { isAbsolute } from 'node:path'
import { conflictSentence } from '../../shared/incident/conflicts.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import { refuse } from '../../shared/refusal.ts'
import { chosenFile } from '../chosen-file.ts'
import type { Handlers } from '../contract/answerer.ts'
import type { DeskClient } from '../desk/desk-client.ts'
import type { Shell } from '../shell.ts'
import { Merger } from './merger.ts'

type Answers = Pick<Handlers, 'merging.export' | 'merging.chooseFile' | 'merging.import'>

/** Answers of the contract about bringing an incident to another desk, and theirs here. */
export function mergeHandlers(services: { desk: DeskClient; dataFolder: string }, shell: Shell): Answers {
  const merger = new Merger(services.desk, services.dataFolder)
  return {
    'merging.export': async ({ incident, withEvidence }) => {
      const { state } = await services.desk.ask('open', incident)
      const path = await chosenFile(shell, fileName(state), { tried: 'Export the incident' })
      const { size: _size, leftOut, ...written } = await merger.export(incident, path, withEvidence)
      return { ...written, leftOut: [...leftOut] }
    },
    'merging.chooseFile': async ({ title }) => ({ path: await shell.chooseOpenFile(title) }),
    'merging.import': async ({ file }) => {
      if (!isAbsolute(file)) throw notWhole(file)
      const { conflicts, evidence, ...imported } = await merger.import(file)
      return { ...imported, evidence: { ...evidence }, conflicts: conflicts.map(conflictSentence) }
    },
  }
}

function fileName({ mode, core }: IncidentState): string {
  return `${mode === 'exercise' ? 'EXERCISE-' : ''}${core.number}.tar`
}

function notWhole(typed: string) {
  return refuse('bad-input', {
    tried: `Import ${typed}`,
    happened: 'It is not a whole path.',
    next: 'Type it from its beginning, such as /media/stick/incident.tar.',
  })
}
