import { type Answer, type Argument, type CallName, calls, type Result } from '../../shared/contract.ts'
import { type Refusal, RefusalError, refuse } from '../../shared/refusal.ts'
import type { AnswerCall } from '../shell.ts'
import { z } from 'zod'

/** One handler per call of the contract; the compiler sees that none is missing. */
export type Handlers = { readonly [Name in CallName]: (argument: Argument<Name>) => Promise<Result<Name>> }

/** As much text as one call may bring: larger than any note with a pasted log. */
const ARGUMENT_CAP = 4 * 1_048_576

/** A bug as the log holds it: its stack, or that of what caused it where it comes as a refusal with the code `bug`. */
export function bugText(error: unknown): string {
  const told = error instanceof RefusalError ? (error.cause ?? error) : error
  return told instanceof Error ? (told.stack ?? told.message) : String(told)
}

/**
 * Answers calls of the window: argument parsed, handler run, result parsed. Whatever comes in, what goes out is an
 * answer: a value, or a refusal. A bug is logged with its stack and answered without it.
 */
export function createAnswerer(handlers: Handlers, log: (what: string) => void): AnswerCall {
  return async (name, argument) => {
    const answer = await answerCall(handlers, name, argument).catch(
      (error: unknown): Answer => ({ ok: false, refusal: asRefusal(name, error, log) }),
    )
    return JSON.stringify(answer)
  }
}

/** The answer to a call that failed before it came to its handler. */
export function failedAnswer(name: string, error: unknown, log: (what: string) => void): string {
  return JSON.stringify({ ok: false, refusal: asRefusal(name, error, log) } satisfies Answer)
}

async function answerCall(handlers: Handlers, name: string, argument: string): Promise<Answer> {
  const schemas = calls.get(name)
  if (schemas === undefined) throw badCall(name, 'There is no call of that name.')
  const parsed = schemas.argument.safeParse(parseJson(name, argument))
  if (!parsed.success) throw badCall(name, z.prettifyError(parsed.error))
  const handler = handlers[name as CallName] as (argument: unknown) => Promise<unknown>
  const value = await handler(parsed.data)
  return { ok: true, value: schemas.result.parse(value) }
}

function parseJson(name: string, text: string): unknown {
  if (text.length > ARGUMENT_CAP) throw badCall(name, `The argument is larger than ${ARGUMENT_CAP} characters.`)
  try {
    return JSON.parse(text)
  } catch {
    throw badCall(name, 'The argument is not JSON.')
  }
}

function badCall(name: string, happened: string): RefusalError {
  return refuse('bad-input', {
    tried: `Answer '${name.slice(0, 100)}'`,
    happened,
    next: 'Correct what it names, then try again.',
  })
}

function asRefusal(name: string, error: unknown, log: (what: string) => void): Refusal {
  if (error instanceof RefusalError && error.refusal.code !== 'bug') return error.refusal
  log(`bug in ${name}: ${bugText(error)}`)
  if (error instanceof RefusalError) return error.refusal
  return {
    code: 'bug',
    tried: `Answer '${name.slice(0, 100)}'`,
    happened: 'Muster made a mistake of its own. Nothing was lost; the log has the cause.',
    next: 'Try again; if it happens again, start Muster anew and report what the log says.',
  }
}
