import type { z } from 'zod'
import type { Entry, Header, Person } from './header.ts'

/** One kind of entry: its name, the newest version of its body, and how an older body becomes the newest. */
export interface Kind<Name extends string, Body> {
  readonly kind: Name
  readonly version: number
  readonly body: z.ZodType<Body>
  /** Lifts a body written as version `from` to the newest. Never called for the newest. */
  upcast(body: unknown, from: number): unknown
}

/** Declares a kind in its first version. */
export function kindOf<Name extends string, Body>(kind: Name, body: z.ZodType<Body>): Kind<Name, Body> {
  return { kind, version: 1, body, upcast: (old) => old }
}

/** An entry whose body was read by its kind. */
export interface ReadEntry<Name extends string, Body> extends Omit<Header, 'kind'> {
  readonly kind: Name
  readonly hash: string
  readonly body: Body
}

/** The entry type that a kind gives. */
export type EntryOf<K> = K extends Kind<infer Name, infer Body> ? ReadEntry<Name, Body> : never

/** What a writer hands in: the rest of the header is the journal's to fill. */
export interface Draft<Name extends string = string, Body = unknown> {
  readonly kind: Name
  readonly body: Body
  /** When it happened, if not now. */
  readonly happenedAt?: string
  /** Who said or did it, if not the person who records. */
  readonly actor?: Person
}

/** Makes a draft, typed by its kind. */
export function draftOf<Name extends string, Body>(
  kind: Kind<Name, Body>,
  body: Body,
  also: { happenedAt?: string; actor?: Person } = {},
): Draft<Name, Body> {
  return { kind: kind.kind, body, ...also }
}

/**
 * Reads an entry by its kind. Null when the body is gone (erased), newer than this Muster knows, or not of the form
 * its kind promises: such an entry is kept and shown as it stands, but changes no state.
 */
export function readAs<Name extends string, Body>(kind: Kind<Name, Body>, entry: Entry): ReadEntry<Name, Body> | null {
  if (entry.kind !== kind.kind || entry.version > kind.version || entry.body === null) return null
  const lifted = entry.version === kind.version ? entry.body : kind.upcast(entry.body, entry.version)
  const parsed = kind.body.safeParse(lifted)
  if (!parsed.success) return null
  const { prev: _prev, ...rest } = entry
  return { ...rest, kind: kind.kind, body: parsed.data }
}
