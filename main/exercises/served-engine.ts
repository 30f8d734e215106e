import type { EngineEvent } from '../../shared/exercises/docker-events.ts'
import type { LogLine } from '../../shared/exercises/log-lines.ts'

/** JSON as an answer carries it. */
export type Answer = Record<string, unknown>

/** A container as the API shows it at one moment. Its parts are made when asked for. */
export type ServedContainer = {
  readonly id: string
  /** without the leading slash */
  readonly name: string
  readonly image: string
  readonly tty: boolean
  /** docker's word: created, running, paused, restarting, removing, exited, dead */
  readonly state: string
  /** docker's word for its health: none, starting, healthy, unhealthy */
  readonly health: string
  readonly labels: Readonly<Record<string, string>>
  readonly summary: () => Answer
  readonly details: () => Answer
  /** `before`: the moment of the sample before, or null for a first one */
  readonly stats: (before: number | null) => Answer
  /** lines from this moment (ms) up to the view's, oldest first */
  readonly lines: (from: number) => readonly LogLine[]
}

/** An engine at one moment: one answer is made from one view. */
export type EngineView = {
  readonly now: number
  readonly containers: readonly ServedContainer[]
  readonly version: () => Answer
  readonly info: () => Answer
  /** Answers of `/images/json`, `/networks` and `/system/df`. */
  readonly images: () => readonly Answer[]
  readonly networks: () => readonly Answer[]
  readonly disk: () => Answer
  /** events after this moment (ms) up to the view's, oldest first */
  readonly events: (after: number) => readonly EngineEvent[]
}

/** What `docker-api.ts` serves: the world of an exercise, or anything else that can show itself so. */
export type ServedEngine = {
  readonly version: string
  readonly apiVersion: string
  readonly minApiVersion: string
  readonly look: () => EngineView
  /** Settles when the container runs again; rejects with an ApiError where that cannot be. */
  readonly restart: (id: string) => Promise<void>
}

/** An answer other than success, in docker's form: `{ message }`. */
export class ApiError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.name = 'ApiError'
    this.status = status
  }
}
