import { endOf, type Secret } from './mark.ts'

/** How a JSON web token begins, in lower case: base64url of an object's beginning, {" (RFC 7519, RFC 4648). */
export const webTokenBeginning = 'eyj'

const rule = 'json web token'
const part = /[A-Za-z0-9_-]*/y
const rest = /\.[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*){0,3}/y
const SHORTEST_HEAD = 9

/** Finds the JSON web tokens of one text, and reads a long run of letters only once. */
export class WebTokens {
  readonly #text: string
  #runEnd = 0

  constructor(text: string) {
    this.#text = text
  }

  /** The token that begins at `at`. */
  tokenAt(at: number): Secret | null {
    if (!this.#text.startsWith('eyJ', at)) return null
    if (this.#runEnd < at + SHORTEST_HEAD) this.#runEnd = endOf(part, this.#text, at)
    if (this.#runEnd < at + SHORTEST_HEAD) return null
    const to = endOf(rest, this.#text, this.#runEnd)
    return to > this.#runEnd ? { from: at, to, rule } : null
  }
}
