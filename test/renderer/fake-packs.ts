import type { Handlers } from '../../main/contract/answerer.ts'
import { type LoadedPack, lintPack, problemsRefusal } from '../../main/packs/pack-file.ts'
import { packNamed } from '../../main/packs/packs.ts'
import type { PackSummary } from '../../shared/packs/calls.ts'
import { diffPacks } from '../../shared/packs/diff.ts'
import { dueOf } from '../../shared/packs/due.ts'
import { applyOverlay } from '../../shared/packs/overlay.ts'
import { readinessOf } from '../../shared/packs/readiness.ts'
import { refuse } from '../../shared/refusal.ts'

type PackCall = Extract<keyof Handlers, `packs.${string}`>

/** The packs of a desk in memory: one that ships, and what a test imports. */
export class FakePacks {
  readonly #shipped: LoadedPack
  #imported: LoadedPack[] = []
  readonly #previous = new Map<string, LoadedPack>()

  constructor(shipped: LoadedPack) {
    this.#shipped = shipped
  }

  summaries(): PackSummary[] {
    return [this.#shipped, ...this.#imported].map((loaded) => this.#summary(loaded))
  }

  readonly handlers = (changed: () => void): Pick<Handlers, PackCall> => ({
    'packs.read': async ({ id }) => packNamed([this.#shipped, ...this.#imported], id).pack,
    'packs.readiness': async ({ id }) => {
      const { pack } = packNamed([this.#shipped, ...this.#imported], id)
      const due = dueOf(pack, [], Date.now())
      const around = { reachable: null, credentials: null, due, isConsented: () => true }
      return {
        pack: { id: pack.id, title: pack.title },
        overlay: null,
        findings: readinessOf(applyOverlay(pack, null), around),
        yours: [],
        due: due.map(({ what, id: named, title, state, lastAt, dueAt }) => ({
          what,
          id: named,
          title,
          state,
          lastAt,
          dueAt,
        })),
      }
    },
    'packs.lint': async ({ file, base64 }) => {
      const linted = lintPack(Buffer.from(base64, 'base64'), file)
      if ('problems' in linted) return { pack: null, problems: [...linted.problems], diff: null }
      const { origin: _origin, ...pack } = this.#summary(linted.loaded)
      const before = this.#of(pack.id)
      return { pack, problems: [], diff: before === undefined ? null : diffPacks(before, linted.loaded) }
    },
    'packs.import': async ({ file, base64 }) => {
      const linted = lintPack(Buffer.from(base64, 'base64'), file)
      if ('problems' in linted) throw problemsRefusal(file, linted.problems)
      const { loaded } = linted
      if (loaded.pack.id === this.#shipped.pack.id) {
        throw refuse('not-allowed', { tried: `Take ${file}`, happened: 'Its id is shipped.', next: 'Give it another.' })
      }
      const before = this.#of(loaded.pack.id)
      if (before !== undefined) this.#previous.set(before.pack.id, before)
      this.#imported = [...this.#imported.filter((one) => one !== before), loaded]
      changed()
      return { pack: this.#summary(loaded), diff: before === undefined ? null : diffPacks(before, loaded) }
    },
    'packs.remove': async ({ id }) => {
      this.#imported = this.#imported.filter(({ pack }) => pack.id !== id)
      changed()
      return null
    },
    'packs.diff': async ({ id }) => {
      const [before, now] = [this.#previous.get(id), this.#of(id)]
      return before === undefined || now === undefined ? null : diffPacks(before, now)
    },
  })

  #of(id: string): LoadedPack | undefined {
    return this.#imported.find(({ pack }) => pack.id === id)
  }

  #summary(loaded: LoadedPack): PackSummary {
    const { id, title, version } = loaded.pack
    return { id, title, version, hash: loaded.hash, origin: loaded === this.#shipped ? 'shipped' : 'imported' }
  }
}
