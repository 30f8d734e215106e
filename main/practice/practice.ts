import type { DockerEndpoint } from '../../shared/docker/endpoint.ts'
import { refuse } from '../../shared/refusal.ts'
import { type PracticeSystem, startPractice } from '../exercises/practice-world.ts'

/** The simulated system of this process: at most one runs, and only exercises reach it. */
export class Practice {
  readonly #folder: string
  readonly #scenarioFile: string
  readonly #log: (what: string) => void
  #system: Promise<PracticeSystem> | null = null
  #running: PracticeSystem | null = null
  readonly #startSystem: typeof startPractice
  #onEnded: () => void = () => undefined

  /** `folder`: where its private socket lies; `scenarioFile`: the YAML of the shipped practice; `log` hears of bugs in it. */
  constructor(folder: string, scenarioFile: string, log: (what: string) => void, startSystem = startPractice) {
    this.#startSystem = startSystem
    this.#folder = folder
    this.#scenarioFile = scenarioFile
    this.#log = log
  }

  get endpoint(): DockerEndpoint | null {
    if (this.#running === null) return null
    return {
      id: 'practice',
      mode: 'exercise',
      source: 'practice',
      name: 'the simulated system',
      host: this.#running.endpoint.host,
      current: true,
    }
  }

  get services(): readonly string[] {
    return this.#running?.services ?? []
  }

  /** Who hears that it ended by itself; it can be started again. */
  onEnded(listener: () => void): void {
    this.#onEnded = listener
  }

  /** Starts it if it does not run. */
  async start(): Promise<void> {
    this.#system ??= this.#begin()
    const starting = this.#system
    const running = await starting
    if (this.#system === starting) this.#running = running
  }

  async restart(service: string): Promise<void> {
    if (this.#running === null) throw notRunning(service)
    await this.#running.restart(service)
  }

  async stop(): Promise<void> {
    const system = this.#system
    this.#system = null
    this.#running = null
    const running = await system?.catch(() => null)
    await running?.stop()
  }

  #begin(): Promise<PracticeSystem> {
    const starting = this.#startSystem({ folder: this.#folder, scenarioFile: this.#scenarioFile, onBug: this.#log })
    void this.#watch(starting)
    return starting
  }

  /** One that could not start, or that ended by itself, makes room for the next. */
  async #watch(starting: Promise<PracticeSystem>): Promise<void> {
    const system = await starting.catch(() => null) // whoever started it hears why it did not
    await system?.ended
    if (this.#system !== starting) return
    this.#system = null
    this.#running = null
    if (system === null) return
    this.#onEnded()
    await system.stop().catch((error: unknown) => this.#log(`The practice left its socket: ${String(error)}`))
  }
}

function notRunning(service: string) {
  return refuse('not-allowed', {
    tried: `Restart ${service} of the simulated system`,
    happened: 'The simulated system is not running.',
    next: 'Start the practice again from the board.',
  })
}
