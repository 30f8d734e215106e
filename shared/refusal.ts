import { z } from 'zod'

/**
 * Why something asked for was not done. A closed union: a screen can say something fitting for each code,
 * and adding a code is a decision made here.
 *
 * - `bad-input`       the call, file or command line is not of the form asked for
 * - `not-found`       the named incident, pack, evidence or target does not exist here
 * - `not-allowed`     a rule forbids it now (a resolved incident, an exercise that would reach a real target)
 * - `unreachable`     the target gave no connection (no socket, refused, wrong context)
 * - `no-permission`   the target or the file system refused us
 * - `timed-out`       no answer within the time limit
 * - `bad-answer`      the target answered, but not with what its interface promises
 * - `too-large`       an input or answer is over its cap
 * - `cancelled`       somebody cancelled it
 * - `storage`         disk, database or evidence store would not take it
 * - `damaged`         what was read is not what was written
 * - `unsupported`     this machine or build cannot do it
 * - `bug`             our own fault; the log has the cause
 */
export const refusalCodes = [
  'bad-input',
  'not-found',
  'not-allowed',
  'unreachable',
  'no-permission',
  'timed-out',
  'bad-answer',
  'too-large',
  'cancelled',
  'storage',
  'damaged',
  'unsupported',
  'bug',
] as const

export const refusalSchema = z.strictObject({
  code: z.enum(refusalCodes),
  /** What was tried, as a clause: 'List the containers of unix:///var/run/docker.sock'. */
  tried: z.string(),
  /** What happened instead. */
  happened: z.string(),
  /** What the person can do next. */
  next: z.string(),
})

export type RefusalCode = (typeof refusalCodes)[number]
export type Refusal = z.infer<typeof refusalSchema>

/** A refusal on its way up the stack. Anything else that is thrown is a bug. */
export class RefusalError extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal, options?: { cause?: unknown }) {
    super(`${refusal.tried}: ${refusal.happened}`, options)
    this.name = 'RefusalError'
    this.refusal = refusal
  }
}

/** Throws a refusal; written as `throw refuse(...)` so that the compiler sees the end of the path. */
export function refuse(
  code: RefusalCode,
  parts: { tried: string; happened: string; next: string; cause?: unknown },
): RefusalError {
  const { cause, ...said } = parts
  return new RefusalError({ code, ...said }, cause === undefined ? undefined : { cause })
}
