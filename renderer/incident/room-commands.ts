import type { RefObject } from 'react'
import { flushSync } from 'react-dom'
import { useStore } from 'zustand'
import { type IncidentState, isOpen } from '../../shared/incident/state.ts'
import { roleSchema } from '../../shared/people/entries.ts'
import type { SweepControl } from '../findings/use-sweep.ts'
import type { Command } from '../keys/commands.ts'
import { isTyping } from '../keys/key-handler.ts'
import { useCommands } from '../keys/use-commands.ts'
import { useStores } from '../stores.ts'
import { findNewest } from '../timeline/entry-pages.ts'
import { readOwnNote } from '../timeline/own-note.ts'
import type { useAsking } from '../ui/use-asking.ts'
import { handoverWords } from '../words/handover.ts'
import { incidentWords } from '../words/incident.ts'
import { teamWords } from '../words/teams.ts'
import { timelineWords } from '../words/timeline.ts'
import { wallWords } from '../words/wall.ts'
import { roomOf } from './rooms-store.ts'

interface Parts {
  readonly state: IncidentState
  readonly field: RefObject<HTMLTextAreaElement | null>
  readonly chooser: RefObject<HTMLSelectElement | null>
  readonly asking: ReturnType<typeof useAsking>
  readonly confirming: ReturnType<typeof useAsking>
  readonly control: SweepControl
  onEditImpact(): void
  /** Goes to whom to call. */
  onCall(): void
  /** Turns the left column from what is due to the runbook's steps, and back. */
  onSteps(): void
}

/** The verbs of the room that also stand on buttons. */
export type Verbs = Readonly<
  Record<
    | 'log'
    | 'decide'
    | 'call'
    | 'update'
    | 'severity'
    | 'handover'
    | 'task'
    | 'steps'
    | 'impact'
    | 'sweep'
    | 'evidence'
    | 'respond'
    | 'confirm'
    | 'resolve'
    | 'reopen'
    | 'export'
    | 'restart',
    Command
  >
>

/** What a time begins with: G and then the time itself goes there. */
const timeKeys = '0123456789-'.split('')

/** Everything that can be done in the room; what an ended incident forbids is not offered for it. */
export function useRoomCommands({
  state,
  field,
  chooser,
  asking,
  confirming,
  control,
  onEditImpact,
  onCall,
  onSteps,
}: Parts): Verbs {
  const { desk, drafts, rooms, view } = useStores()
  const { id } = state
  const words = incidentWords.commands
  const me = useStore(desk.store, (known) => known.desk?.operator?.name ?? '')
  const practices = useStore(desk.store, (known) => known.desk?.practice.running === true)
  /** Begins a command in the quick entry, unless something stands there already. */
  const begin = (line: string) => {
    const draft = `note ${id}`
    if ((drafts.store.getState()[draft] ?? '').trim() === '') drafts.set(draft, line)
    field.current?.focus()
  }
  /** It is real: then how bad, unless the answer finds the person elsewhere or at a field. */
  const confirm = async () => {
    const isStill = view.mark()
    const isReal = await confirming.ask(() => rooms.change('confirm', { id }))
    if (!isReal || !isStill() || isTyping(document.activeElement)) return
    if (roomOf(rooms.store.getState(), id).state?.core.severity === null) {
      view.open({ name: 'severity', id, guided: true })
    }
  }
  const verbs: Verbs = {
    log: command('log', words.log, 'l', () => field.current?.focus()),
    decide: command('decide', words.decide, 'd', () => view.open({ name: 'decide', id })),
    call: command('call', words.call, 'c', onCall),
    update: command('update', words.update, 'u', () => view.open({ name: 'update', id })),
    handover: command('handover', words.handover, 'h', () => view.open({ name: 'handover', id })),
    task: command('task', words.task, 't', () => view.open({ name: 'task', id, entry: null })),
    steps: command('steps', words.steps, 'p', onSteps),
    severity: command('severity', words.severity, 's', () => {
      if (isOpen(state)) view.open({ name: 'severity', id })
    }),
    impact: command('impact', words.impact, 'i', () => {
      if (isOpen(state)) onEditImpact()
    }),
    sweep: command('sweep', words.sweep, 'shift+f', control.start),
    evidence: command('evidence', words.evidence, 'e', () =>
      view.open({ name: 'evidence', id, bundle: null, item: null }),
    ),
    respond: command('respond', words.respond, 'o', () => void asking.ask(() => rooms.change('respond', { id }))),
    confirm: command('confirm', words.confirm, 'y', () => void confirm()),
    resolve: command('resolve', words.resolve, 'r', () => view.open({ name: 'resolve', id })),
    reopen: command('reopen', words.reopen, 'r', () => view.open({ name: 'reopen', id })),
    export: command('export', words.export, 'x', () => view.open({ name: 'export', id })),
    restart: command('restart', words.restart, 'b', () => view.open({ name: 'restart', id })),
  }
  const lastOwn = useStore(rooms.store, (all) =>
    findNewest(roomOf(all, id).timeline.all, (entry) => readOwnNote(entry, me) !== null),
  )
  const isFiltered = useStore(rooms.store, (all) => roomOf(all, id).timeline.filter !== null)
  const roles = roleSchema.options.map((role) =>
    command(`role-${role}`, words.role(incidentWords.roles[role]), role === 'commander' ? 'w' : null, () =>
      view.open({ name: 'role', id, role }),
    ),
  )
  const jump: Command = {
    ...command('jump', timelineWords.keys.jump, 'g j', () => {}),
    unprinted: timeKeys.map((key) => `g ${key}`),
    run: (pressed) => {
      const typed = pressed?.split(' ')[1] ?? ''
      view.open({ name: 'jump', id, typed: timeKeys.includes(typed) ? typed : '' })
    },
  }
  const whileOpen = [
    verbs.severity,
    verbs.impact,
    control.isRunning ? command('cancel', words.cancelSweep, null, control.cancel) : verbs.sweep,
    ...(state.clocks.respondedAt === null ? [verbs.respond] : []),
    ...(state.core.status === 'unconfirmed' ? [verbs.confirm] : []),
    ...roles,
    verbs.resolve,
    verbs.task,
    verbs.call,
    verbs.handover,
    command('teams', teamWords.command, 'shift+t', () => view.open({ name: 'teams', id })),
    command('engine', words.engine, 'm', () => chooser.current?.focus()),
    ...(state.mode === 'exercise' && practices ? [verbs.restart] : []),
  ]
  useCommands('base', words.group, [
    verbs.log,
    ...(isOpen(state) ? whileOpen : [verbs.reopen]),
    verbs.evidence,
    verbs.export,
    command('activity', handoverWords.activity.command, null, () => view.open({ name: 'activity', id })),
    ...(lastOwn === null
      ? []
      : [
          command('correct', words.correct, 'k', () =>
            view.open({ name: 'correct', id, entry: lastOwn.hash, text: readOwnNote(lastOwn, me) ?? '' }),
          ),
        ]),
    { ...command('print', words.print, 'mod+p', printRoom), whileTyping: true },
    { ...command('findings', words.findings, 'f', () => view.open({ name: 'findings', id })), also: 'g f' },
    command('go-timeline', words.timeline, 'g t', () => void rooms.reveal(id, 'newest')),
    command('filter', timelineWords.keys.filter, null, () => view.open({ name: 'timeline-filter', id })),
    ...(isFiltered ? [command('all', timelineWords.keys.all, 'backspace', () => rooms.filter(id, null))] : []),
    jump,
    verbs.decide,
    verbs.update,
    verbs.steps,
    command('command', words.command, ':', () => begin(':')),
    command('go-todo', words.todo, 'g d', () => focusOn('todo')),
    command('wall', wallWords.command, 'g w', () => view.show({ name: 'incident', id, onWall: true })),
    command('report', handoverWords.report.command, 'g r', () => view.open({ name: 'brief', id })),
  ])
  return verbs
}

function command(id: string, title: string, keys: string | null, run: () => void): Command {
  return { id: `incident.${id}`, title, keys, run }
}

/** The room as it stands: a situation report, by the system's own dialog (`print.css`). */
function printRoom(): void {
  // What was chosen in a layer is printed without it.
  flushSync(() => undefined)
  window.print()
}

function focusOn(id: string): void {
  document.getElementById(id)?.focus()
}
