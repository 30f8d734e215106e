import { readTypedTime } from '../../shared/clocks/typed-time.ts'
import type { Zone } from '../desk/preferences.ts'

/** A quick note as typed: its text, when it happened (null: now), or what is wrong with the time before it. */
export type TypedNote =
  | { readonly is: 'note'; readonly text: string; readonly happenedAt: string | null }
  | { readonly is: 'wrong'; readonly why: 'form' | 'future' }

/** Reads 'text' or '@14:05 text'. */
export function readNote(typed: string, nowMs: number, zone: Zone): TypedNote {
  const text = typed.trim()
  if (!text.startsWith('@')) return { is: 'note', text, happenedAt: null }
  const [, time = '', rest = ''] = /^@(\S*)\s*([\s\S]*)$/.exec(text) ?? []
  const read = readTypedTime(time, nowMs, zone)
  if (read.is === 'wrong') return read
  return { is: 'note', text: rest, happenedAt: read.is === 'time' ? read.iso : null }
}
