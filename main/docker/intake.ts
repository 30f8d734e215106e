import { z } from 'zod'
import type { Masked } from '../../shared/redaction/mask-count.ts'
import { redact } from '../../shared/redaction/redact.ts'
import { refuse, type RefusalError } from '../../shared/refusal.ts'
import type { EngineCall } from './calls.ts'

/** What is kept of an answer as evidence: masked. */
export interface Kept {
  readonly bytes: Uint8Array
  readonly masked: Masked[]
  readonly truncated: { bytes: number } | null
}

/** How one answer is taken in, piece by piece, then masked and read. */
export interface Intake<Value> {
  readonly take: (piece: Buffer) => 'more' | 'enough'
  /** Refuses what is not as promised. */
  readonly finish: () => { value: Value; kept: Kept }
  /** What is kept when the call failed, or `finish` refused. */
  readonly remains: () => Kept
}

/** What a failed call had already brought is kept up to here: it may say why. */
const keptOfFailed = 65_536

/** One JSON value. */
export function jsonIntake<Value>(call: EngineCall, read: (answer: unknown) => Value): Intake<Value> {
  return bodyIntake((text) => {
    const { item, masked } = redact({ kind: 'json', value: parse(call, text) })
    const bytes = Buffer.from(JSON.stringify(item.value))
    return { value: readShape(call, () => read(item.value)), kept: { bytes, masked, truncated: null } }
  })
}

/** One JSON value after the other, a line each. */
export function jsonLinesIntake<Value>(call: EngineCall, read: (answer: unknown) => Value): Intake<Value[]> {
  return bodyIntake((text) => {
    const lines = text.split('\n').filter((line) => line.trim() !== '')
    const { item, masked } = redact({ kind: 'json', value: lines.map((line) => parse(call, line)) })
    const values = z.array(z.unknown()).parse(item.value)
    const bytes = Buffer.from(values.map((value) => `${JSON.stringify(value)}\n`).join(''))
    return {
      value: readShape(call, () => values.map((value) => read(value))),
      kept: { bytes, masked, truncated: null },
    }
  })
}

export function badAnswer(call: EngineCall, happened: string, cause?: unknown): RefusalError {
  return refuse('bad-answer', { tried: call.what, happened, next: 'Check what answers at this address.', cause })
}

function bodyIntake<Value>(finish: (text: string) => { value: Value; kept: Kept }): Intake<Value> {
  const pieces: Buffer[] = []
  return {
    take: (piece) => {
      pieces.push(piece)
      return 'more'
    },
    finish: () => finish(Buffer.concat(pieces).toString('utf8')),
    remains: () => remainsOf(pieces),
  }
}

/**
 * Of JSON that could not be read as a whole nothing is kept: masking needs the whole. Other text, such as a proxy's
 * page, tells what answered instead.
 */
function remainsOf(pieces: readonly Buffer[]): Kept {
  const size = pieces.reduce((sum, { length }) => sum + length, 0)
  const text = beginningOf(pieces).toString('latin1')
  if (/^\s*[[{"]/.test(text)) {
    return { bytes: new Uint8Array(), masked: [], truncated: { bytes: size } }
  }
  const { item, masked } = redact({ kind: 'text', text })
  const truncated = size > keptOfFailed ? { bytes: size } : null
  return { bytes: Buffer.from(item.text, 'latin1'), masked, truncated }
}

/** Without putting all of it together: an answer that was too large is. */
function beginningOf(pieces: readonly Buffer[]): Buffer {
  const first: Buffer[] = []
  let left = keptOfFailed
  for (const piece of pieces) {
    if (left <= 0) break
    first.push(piece.subarray(0, left))
    left -= piece.length
  }
  return Buffer.concat(first)
}

function parse(call: EngineCall, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw badAnswer(call, text.trim() === '' ? 'The answer is empty.' : 'The answer is not JSON.', error)
  }
}

function readShape<Value>(call: EngineCall, read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error
    const [issue] = error.issues
    const where = issue === undefined || issue.path.length === 0 ? 'the whole' : issue.path.join('.')
    throw badAnswer(call, `The answer has not the form that the interface promises (${where}).`, error)
  }
}
