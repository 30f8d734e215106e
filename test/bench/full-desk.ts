import { readFileSync } from 'node:fs'
import { Desk } from '../../main/desk/desk.ts'
import { changeSettings } from '../../main/desk/settings.ts'
import { declarationOf } from '../../main/incidents/declare.ts'
import { systemClock } from '../../main/journal/clock.ts'
import { JournalStore } from '../../main/journal/journal-store.ts'
import { readPack } from '../../main/packs/pack-file.ts'
import { type Draft, draftOf } from '../../shared/journal/kind.ts'
import { notedKind } from '../../shared/notes/entries.ts'
import { decidedKind } from '../../shared/tasks/entries.ts'

const pack = readPack(readFileSync(new URL('../../assets/packs/infinity.yaml', import.meta.url)), 'infinity.yaml')
const ana = { contact: null, name: 'Ana Ruiz' }
const texts = [
  'Queue is empty',
  'Support sees only EU cards failing, wallets are fine. The terminals in Lyon show error 51, which the bank uses for insufficient funds, so customers call the bank first',
  'pool at 100 of 100',
  'Rolled the pod once more\nand once again\nwithout effect',
  'Jonas looks at the replica; its lag grows by a second each second',
]

/** A desk with so many open incidents, and so many entries in the first of them, `Checkout fails`. Somebody sits at it. */
export async function fillDesk(folder: string, how: { incidents: number; entries: number }): Promise<void> {
  const desk = new Desk(folder, systemClock)
  const ids = Array.from({ length: how.incidents }, (_each, index) => declare(desk, index))
  desk.close()
  const journal = new JournalStore(folder, systemClock)
  for (let from = 0; from < how.entries; from += 5_000) {
    const drafts = Array.from({ length: 5_000 }, (_each, index) => draftNumber(from + index))
    journal.append(ids[0] ?? '', 'live', ana, () => drafts)
  }
  journal.close()
  await changeSettings(folder, { operator: ana })
}

function declare(desk: Desk, index: number): string {
  const said = { mode: 'live', unconfirmed: false, detectedAt: null, answers: {}, reason: null } as const
  const title = index === 0 ? 'Checkout fails' : `Slow exports of customer ${index}`
  const severity = index === 0 ? 'P1' : (['P2', 'P3', 'P4'][index % 3] ?? 'P4')
  return desk.incidents.declare(declarationOf(pack, { ...said, title, severity, commander: ana.name }), ana).id
}

function draftNumber(index: number): Draft {
  return index % 997 === 0
    ? draftOf(decidedKind, { text: `decision ${index}`, options: [], poll: null, outcome: 'decided' })
    : draftOf(notedKind, { text: `${texts[index % texts.length] ?? ''} (${index})` })
}
