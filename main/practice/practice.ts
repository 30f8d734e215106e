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

  /** `folder`: where its private socket lies; `scenarioFile`: the YAML of the shipped practice; `log` hears of bugs in it. */
  constructor(folder: string, scenarioFile: string, log: (what: string) => void) {
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

  /** Starts it if it does not run. */
  async start(): Promise<void> {
    this.#system ??= startPractice({ folder: this.#folder, scenarioFile: this.#scenarioFile, onBug: this.#log })
    try {
      this.#running = await this.#system
    } catch (error) {
      this.#system = null
      throw error
    }
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
}

function notRunning(service: string) {
  return refuse('not-allowed', {
    tried: `Restart ${service} of the simulated system`,
    happened: 'The simulated system is not running.',
    next: 'Start the practice again from the board.',
  })
}
