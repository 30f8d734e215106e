import { z } from 'zod'
import type { IncidentState } from '../incident/state.ts'
import type { Entry } from '../journal/header.ts'

/** Why an entry keeps its text, and what to do instead. */
interface Stays {
  readonly happened: string
  readonly next: string
}

/** Kinds whose text no erasure takes, whoever writes it: the journal itself forbids it (migration 0002). */
export const neverErased: ReadonlySet<string> = new Set(['declared', 'pack-pinned', 'erased', 'head-recorded'])

const staying: Readonly<Record<string, Stays>> = {
  erased: {
    happened: 'It says what was erased, by whom and why. Without it an erasure could be hidden.',
    next: 'It holds nothing of what was erased. Leave it.',
  },
  declared: {
    happened: 'It holds the number, the runbook and the title: everything of the incident hangs on it.',
    next: 'If its title holds a secret, change the secret itself, and erase the entries that repeat it.',
  },
  'pack-pinned': {
    happened: 'It holds the runbook that the clocks and checklists are read from.',
    next: 'Correct the runbook itself; the next incident follows the new one.',
  },
  'alarm-given': {
    happened: 'Without it the alarm would ring a second time. Its words come from the runbook.',
    next: 'Correct the runbook itself, if its words must go.',
  },
  confirmed: { happened: 'It holds no text.', next: 'Nothing needs to be erased.' },
  responded: { happened: 'It holds no text.', next: 'Nothing needs to be erased.' },
  'handover-accepted': {
    happened: 'It says which desk has command and rings the clocks. It holds no text of anybody.',
    next: 'Nothing needs to be erased.',
  },
  'command-released': {
    happened: 'It says that this desk gave command away. It holds no text of anybody.',
    next: 'Nothing needs to be erased.',
  },
}

/**
 * Why this entry's text cannot be erased, and what to do instead; null where it can. `state` is of the entry's incident.
 * The journal itself forbids four of the kinds (see migration 0002), Muster the rest.
 */
export function whyItStays(entry: Entry, state: IncidentState): Stays | null {
  const done = state.erasures[entry.hash]
  if (done !== undefined) {
    return {
      happened: `It was erased by #${done.seq}: ${done.by}, approved by ${done.approver}.`,
      next: 'Nothing is left to erase. Copies made before are where they were put: an export, a backup.',
    }
  }
  if (entry.body === null) {
    return { happened: 'Its text is not here.', next: 'Type `muster verify` to see why.' }
  }
  const bundle = keptBundleOf(entry)
  if (bundle !== null && state.erasures[bundle] === undefined) {
    return {
      happened: 'It is the record of evidence that is still kept; the bytes would lie on, named by nothing.',
      next: 'Erase the evidence itself first, then this record if its words must go too.',
    }
  }
  return Object.hasOwn(staying, entry.kind) ? (staying[entry.kind] ?? null) : null
}

const follows: Readonly<Record<string, string>> = {
  resolved: 'The incident counts as open again: end it again, with other words.',
  reopened: 'The incident counts as ended again, if it was ended before.',
  'severity-set': 'The severity that it set no longer counts; the one before it holds.',
  'impact-stated': 'The impact before it is shown again, if there was one.',
  'role-taken': 'The role is held by whoever held it before.',
  'severity-explained': 'The severity stands with the words that it was set with.',
  linked: 'The link is shown no more; set it anew.',
  'phase-entered': 'The phase is the one that was entered before, or that the time says.',
  'task-given': 'The task is no longer on the list.',
  'task-extended': 'The task is asked back when it was to be before.',
  'task-ended': 'The task runs again.',
  'team-set': 'The team is as was said before, if it was.',
  'handover-offered': 'The offer no longer stands. Command stays where it is, and the clocks ring there.',
  'handover-withdrawn': 'The offer counts as open again.',
  'command-taken': 'Only its reason goes: command stays where it was taken.',
  'finding-waived': 'The finding is no longer waived.',
  'waiver-ended': 'The finding is waived again, until its time.',
  decided: 'The decision is no longer on the list.',
  'update-given': 'The clock of updates counts from the one before.',
  swept:
    'Its findings are no longer shown; those of the sweep before are. Its evidence stays until it is erased itself.',
  exported: 'The clock of the post-mortem no longer counts this export.',
  'evidence-kept': 'The evidence is no longer listed.',
  corrected: 'The entry that it corrects shows its own words again.',
  called: 'The call no longer counts: the escalation calls them again.',
  notified: 'Its clock runs again, as if nobody had been told.',
  classified: 'Types and priority are those that were said before.',
  related: 'The other incident stands to this one as was said before.',
  'clock-paused': 'The clock counts as if it had never stood still.',
  'clock-resumed': 'The clock stands still again.',
  'clock-snoozed': 'The clock rings as if nobody had wanted quiet.',
  'clock-met': 'The clock runs again, as if it had not been done.',
  'duty-held': 'Whether the duty holds is as was said before.',
}

/** What changes on the screen once an entry's text is gone, in a sentence; null where nothing else hangs on it. */
export function whatFollows(kind: string): string | null {
  return Object.hasOwn(follows, kind) ? (follows[kind] ?? null) : null
}

/** What erasing cannot reach, for the dialog, the terminal and the docs alike. */
export const outOfReach =
  'Exports, backups and copies made before still hold it, and so may other desks until they merge. A secret that was written down counts as known: change it.'

const keptSchema = z.looseObject({ bundle: z.string() })

function keptBundleOf(entry: Entry): string | null {
  if (entry.kind !== 'evidence-kept') return null
  return keptSchema.safeParse(entry.body).data?.bundle ?? null
}

const wordsSchema = z.looseObject({ text: z.unknown(), reason: z.unknown(), summary: z.unknown() }).partial()
/** Shorter words than these are no secret that a reason must not say. */
const REPEATED = 6

/** Whether a reason repeats the words that are to be erased: reasons stay. */
export function repeatsWhatGoes(reason: string, entry: Entry): boolean {
  const { text, reason: because, summary } = wordsSchema.safeParse(entry.body).data ?? {}
  const said = reason.toLowerCase()
  return [text, because, summary].some((words) => {
    const gone = typeof words === 'string' ? words.trim().toLowerCase() : ''
    return gone.length >= REPEATED && said.includes(gone)
  })
}
