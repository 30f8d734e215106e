import { join } from 'node:path'
import fc from 'fast-check'
import { journalFile } from '../../../main/journal/journal-store.ts'
import { openConnection } from '../../../main/journal/sqlite.ts'
import { verifyJournal } from '../../../main/journal/verify.ts'
import type { Entry } from '../../../shared/journal/header.ts'
import { compareEntries } from '../../../shared/journal/chain.ts'
import { makeRoot, severity, type TestDesk } from './desks.ts'

/** One thing that happens at one of the desks. Numbers are taken modulo what there is. */
export type Act =
  | { readonly act: 'write'; readonly desk: number; readonly what: number }
  | { readonly act: 'export'; readonly desk: number; readonly withEvidence: boolean }
  | { readonly act: 'import'; readonly desk: number; readonly file: number }
  | { readonly act: 'erase'; readonly desk: number; readonly entry: number }
  | { readonly act: 'set-clock'; readonly desk: number; readonly offsetMs: number }
  | { readonly act: 'restart'; readonly desk: number }

const desk = fc.nat(4)

export const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ act: fc.constant('write' as const), desk, what: fc.nat(99) }) },
    { weight: 4, arbitrary: fc.record({ act: fc.constant('export' as const), desk, withEvidence: fc.boolean() }) },
    { weight: 5, arbitrary: fc.record({ act: fc.constant('import' as const), desk, file: fc.nat(99) }) },
    { weight: 2, arbitrary: fc.record({ act: fc.constant('erase' as const), desk, entry: fc.nat(99) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        act: fc.constant('set-clock' as const),
        desk,
        offsetMs: fc.integer({ min: -400 * 86_400_000, max: 400 * 86_400_000 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ act: fc.constant('restart' as const), desk }) },
  ),
  { minLength: 25, maxLength: 70, size: 'max' },
)

/** What a run came to. */
export interface Tally {
  readonly desks: number
  readonly entries: number
  readonly erased: number
  readonly imports: number
  readonly conflicts: number
}

/**
 * Lets it all happen on real folders, then lets every desk hear of every other, and throws where anything was lost, made
 * twice, reordered or told differently, where a text that was erased came back, or where a journal does not verify.
 */
export async function play(list: readonly Act[]): Promise<Tally> {
  const made = makeRoot()
  try {
    return await new Play(made).run(list)
  } finally {
    made.remove()
  }
}

class Play {
  readonly #root: string
  readonly #desks: TestDesk[]
  readonly #incident: string
  readonly #files: string[] = []
  /** Every entry that any desk acknowledged, as it was when it was written. */
  readonly #written = new Map<string, Entry>()
  readonly #erased = new Set<string>()
  #imports = 0
  #conflicts = 0

  constructor({ root, desk: makeDesk }: ReturnType<typeof makeRoot>) {
    this.#root = root
    this.#desks = ['Ana', 'Ben', 'Cleo', 'Dan', 'Eve'].map(makeDesk)
    this.#incident = this.#at(0).declare()
    this.#remember(this.#at(0))
  }

  async run(list: readonly Act[]): Promise<Tally> {
    // Three know of it from the beginning; the other two learn it on the way, if at all.
    await this.#export(this.#at(0), true)
    for (const place of [1, 2]) await this.#import(this.#at(place), this.#files[0] ?? '')
    for (const act of list) await this.#do(act)
    await this.#tellEveryone()
    for (const one of this.#desks) this.#look(one)
    return {
      desks: this.#desks.length,
      entries: this.#written.size,
      erased: this.#erased.size,
      imports: this.#imports,
      conflicts: this.#conflicts,
    }
  }

  async #do(act: Act): Promise<void> {
    const one = this.#at(act.desk)
    const knows = one.journal.states().length > 0
    if (act.act === 'restart') one.restart()
    else if (act.act === 'set-clock') one.clock.offsetMs = act.offsetMs
    else if (act.act === 'import') {
      const file = this.#files[act.file % Math.max(1, this.#files.length)]
      if (file !== undefined) await this.#import(one, file)
    } else if (!knows) return
    else if (act.act === 'export') await this.#export(one, act.withEvidence)
    else if (act.act === 'erase') this.#erase(one, act.entry)
    else this.#write(one, act.what)
  }

  #write(one: TestDesk, what: number): void {
    const id = this.#incident
    const { by, incidents } = one
    const state = one.journal.stateOf(id)
    const rank = 1 + (what % 4)
    if (what % 5 === 0 && state.core.status === 'open' && state.core.severity?.rank !== rank) {
      incidents.setSeverity(id, severity(rank), by)
    } else if (what % 7 === 0 && state.core.status === 'open') {
      incidents.assign(id, 'commander', `${by.name} ${what}`, by)
    } else if (what % 23 === 0 && state.core.status === 'open') incidents.resolve(id, 'resolved', 'Over.', by)
    else if (what % 23 === 1 && state.core.status === 'resolved') incidents.reopen(id, 'Not over.', by)
    else one.note(id, `${by.name} ${what} ${this.#written.size}`)
    this.#remember(one)
  }

  #erase(one: TestDesk, place: number): void {
    const notes = one.journal.allEntries(this.#incident).filter(({ kind, body }) => kind === 'noted' && body !== null)
    const target = notes[place % Math.max(1, notes.length)]
    if (target === undefined) return
    one.erase(this.#incident, target.hash)
    this.#erased.add(target.hash)
    this.#remember(one)
  }

  /** A desk writes one entry at a time: its newest is the one that it wrote. */
  #remember(one: TestDesk): void {
    for (const entry of one.journal.allEntries(this.#incident)) {
      if (!this.#written.has(entry.hash)) this.#written.set(entry.hash, entry)
    }
  }

  async #export(one: TestDesk, withEvidence: boolean): Promise<void> {
    const file = join(this.#root, `${this.#files.length}.tar`)
    await one.export(this.#incident, file, withEvidence)
    this.#files.push(file)
  }

  async #import(one: TestDesk, file: string): Promise<void> {
    const before = one.hashes(this.#incident)
    const { entries, conflicts } = await one.import(file)
    const after = one.hashes(this.#incident)
    this.#imports += 1
    this.#conflicts += conflicts.length
    if (after.length !== before.length + entries) throw new Error('The summary counts other entries than came')
    const kept = new Set(before)
    same(
      after.filter((hash) => kept.has(hash)),
      before,
      'What was there was reordered or lost',
    )
  }

  /** Two rounds: in the first one gathers everything, in the second all hear it. */
  async #tellEveryone(): Promise<void> {
    const first = this.#at(0)
    for (const one of this.#desks.slice(1)) {
      if (one.journal.states().length === 0) continue
      await this.#export(one, true)
      await this.#import(first, this.#files.at(-1) ?? '')
    }
    await this.#export(first, true)
    for (const one of this.#desks.slice(1)) await this.#import(one, this.#files.at(-1) ?? '')
  }

  #look(one: TestDesk): void {
    const expected = [...this.#written.values()].toSorted(compareEntries)
    const found = one.journal.allEntries(this.#incident)
    same(
      found.map(({ hash }) => hash),
      expected.map(({ hash }) => hash),
      `${one.by.name} holds other entries, or in another order`,
    )
    const told = expected.map((entry) => (this.#erased.has(entry.hash) ? { ...entry, body: null } : entry))
    same(found, told, `${one.by.name} tells an entry otherwise than it was written`)
    const [first] = this.#desks
    same(one.journal.stateOf(this.#incident), first?.journal.stateOf(this.#incident), `${one.by.name} folds otherwise`)
    one.restart()
    same(one.journal.stateOf(this.#incident), first?.journal.stateOf(this.#incident), `${one.by.name} reads otherwise`)
    const db = openConnection(journalFile(one.folder), 'read')
    const { problems } = verifyJournal(db)
    db.close()
    same(problems, [], `The journal of ${one.by.name} does not verify`)
  }

  #at(place: number): TestDesk {
    const found = this.#desks[place % this.#desks.length]
    if (found === undefined) throw new Error('There is no desk')
    return found
  }
}

function same(found: unknown, expected: unknown, otherwise: string): void {
  const [is, should] = [JSON.stringify(found), JSON.stringify(expected)]
  if (is !== should) throw new Error(`${otherwise}:\n${is?.slice(0, 2_000)}\nshould be\n${should?.slice(0, 2_000)}`)
}
