import { commandForms, readLine, type Said } from '../../shared/notes/command-line.ts'
import { saidWords } from '../../shared/notes/said-words.ts'
import { inUtc } from '../../shared/postmortem/words.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { refuse } from '../../shared/refusal.ts'
import { severityChoice } from '../incidents/severity-choice.ts'
import type { Face } from './face.ts'
import { plain } from './text.ts'

/** What may be typed, for the help of the command. */
export const logHelp = `
A line is a note, or a command with a colon, as in the window's quick entry:
  ${[...commandForms, '@14:05 what happened then', '::a note that begins with a colon'].join('\n  ')}
Times are UTC; with --local those of this machine.`

/** `muster log ID LINE`: the window's quick entry, from the terminal. */
export async function logCommand(
  face: Face,
  named: string,
  words: readonly string[],
  options: { local?: boolean },
): Promise<void> {
  const { services, say } = face
  const { id, core } = await services.desk.ask('find', named)
  const { pack } = await services.desk.ask('open', id)
  const said = readLine(words.join(' '), {
    nowMs: Date.now(),
    zone: options.local === true ? 'local' : 'utc',
    severities: pack?.severities ?? [],
    people: [],
  })
  await send(face, { id, number: core.number, pack }, said)
  const when = 'happenedAt' in said && said.happenedAt !== null ? `, happened ${inUtc(said.happenedAt)}` : ''
  say({ id, number: core.number, said }, [`Logged in ${core.number}${when}. ${plain(saidWords(said))}`])
}

interface Incident {
  readonly id: string
  readonly number: string
  readonly pack: Pack | null
}

async function send({ services, by }: Face, { id, number, pack }: Incident, said: Said): Promise<void> {
  const { desk } = services
  switch (said.is) {
    case 'note':
      return desk.ask('note', id, said.text, said.happenedAt, by)
    case 'decision':
      return desk.ask('decide', id, { text: said.text }, said.happenedAt, by)
    case 'update':
      return desk.ask('giveUpdate', id, said.text, said.happenedAt, by)
    case 'task': {
      const { owner, minutes, text } = said
      return desk.ask('giveTask', id, { owner, minutes, text }, said.happenedAt, by)
    }
    case 'impact':
      return desk.ask('stateImpact', id, said.text, by)
    case 'severity': {
      const named = { severity: said.severity, answers: {}, reason: said.reason }
      const choice = pack === null ? null : severityChoice(pack, named)
      if (choice === null) throw refused(number, 'The runbook of this incident is not here.', 'Set it where it is.')
      return desk.ask('setSeverity', id, choice, by)
    }
    case 'role':
      return desk.ask('assign', id, said.role, said.name, by)
    case 'respond':
      return desk.ask('respond', id, by)
    case 'resolve':
      throw refused(
        number,
        'A typed line never ends an incident.',
        `Type: muster resolve ${number} --summary "what ended it"`,
      )
    case 'empty':
      throw refused(number, 'There was nothing to log.', 'Give a text, or a command such as :decide.')
    case 'wrong':
      throw refused(number, said.happened, said.next)
  }
}

function refused(number: string, happened: string, next: string) {
  return refuse('bad-input', { tried: `Log in ${number}`, happened, next })
}
