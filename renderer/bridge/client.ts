import type { Bridge } from '../../shared/bridge.ts'
import { type Argument, answerSchema, type CallName, type Result } from '../../shared/contract.ts'
import { messageOf } from '../../shared/message-of.ts'
import type { Refusal } from '../../shared/refusal.ts'
import { readJson } from './read-json.ts'

/** What came of a call: its value, or the refusal. A refusal is an answer, so it is returned and never thrown. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal }

/** The window's end of the contract: asks main by a call's full name. Never rejects. */
export interface Client {
  call<Name extends CallName>(name: Name, argument: Argument<Name>): Promise<Outcome<Result<Name>>>
}

const PATIENCE_MS = 30_000
/**
 * Calls without a deadline. They wait for a person at a dialog, who may be called away, or for work as long as the journal, the
 * evidence or a slow stick makes it; a deadline would say 'no answer' of what goes on. Main ends them, also where the work dies.
 */
const UNHURRIED: ReadonlySet<CallName> = new Set([
  'evidence.save',
  'exports.write',
  'handover.offerElsewhere',
  'handover.saveActivity',
  'handover.saveBrief',
  'journal.saveAnchor',
  'merging.chooseFile',
  'merging.export',
  'people.saveCard',
  'storage.chooseFolder',
  'vault.create',
  'vault.saveRecoverySheet',
  // No dialog, but work.
  'erasure.entry',
  'erasure.evidence',
  'evidence.check',
  'evidence.read',
  'exports.preview',
  'merging.import',
  'storage.backUp',
])

export function createClient(bridge: Bridge): Client {
  return {
    async call<Name extends CallName>(name: Name, argument: Argument<Name>): Promise<Outcome<Result<Name>>> {
      const send = bridge.calls[name]
      if (send === undefined) return lost(name, 'This window has no such call.')
      try {
        const sent = send(JSON.stringify(argument))
        const answer = UNHURRIED.has(name) ? await sent : await inTime(sent)
        if (answer === null) return unanswered(name)
        return read<Result<Name>>(name, answer)
      } catch (error) {
        return lost(name, messageOf(error))
      }
    },
  }
}

function read<T>(name: CallName, text: string): Outcome<T> {
  const answer = answerSchema.safeParse(readJson(text))
  if (!answer.success) return lost(name, 'The answer was not of the form agreed on.')
  // Main has parsed the value by the contract's schema for this very call.
  return answer.data.ok ? { ok: true, value: answer.data.value as T } : { ok: false, refusal: answer.data.refusal }
}

/** Null where nothing came in time. */
async function inTime(answer: Promise<string>): Promise<string | null> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE_MS)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}

function unanswered(name: CallName): Outcome<never> {
  return {
    ok: false,
    refusal: {
      code: 'timed-out',
      tried: `Ask Muster for ${name}`,
      happened: `No answer came within ${PATIENCE_MS / 1000} s.`,
      next: 'Look at the timeline whether it was done, then try again.',
    },
  }
}

function lost(name: CallName, happened: string): Outcome<never> {
  return {
    ok: false,
    refusal: {
      code: 'bug',
      tried: `Ask Muster for ${name}`,
      happened,
      next: 'Close this window and open it again; what was acknowledged is in the journal.',
    },
  }
}
