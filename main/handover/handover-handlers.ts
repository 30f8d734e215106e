import { cannotReach } from '../../shared/handover/cannot-reach.ts'
import type { Person } from '../../shared/journal/header.ts'
import { RefusalError } from '../../shared/refusal.ts'
import { chosenFile } from '../chosen-file.ts'
import type { Handlers } from '../contract/answerer.ts'
import { Merger } from '../merge/merger.ts'
import { writeOutside } from '../outside-file.ts'
import type { Services } from '../services.ts'
import type { Shell } from '../shell.ts'
import { gatherReach } from './gather-reach.ts'

type HandoverCall = Extract<keyof Handlers, `handover.${string}`>

interface Side {
  readonly shell: Pick<Shell, 'chooseSaveFile' | 'printToPdf'>
  /** Who sits at this desk; throws a refusal where nobody has said so. */
  by(): Person
  /** Somebody else sits at this desk from now on. */
  become(name: string): Promise<void>
  /** Command went from one person to another: evidence is hashed again, without anybody waiting for it. */
  handedOver(incident: string, by: Person): void
}

/** Answers of the contract about handing command over. */
export function handoverHandlers(services: Services, side: Side): Pick<Handlers, HandoverCall> {
  const { desk, dataFolder, vault } = services
  const { shell } = side
  const by = () => side.by()

  /** After somebody new has command. */
  async function taken(id: string, said: { name: string; becomeOperator: boolean }, person: Person): Promise<null> {
    side.handedOver(id, person)
    if (said.becomeOperator) await side.become(said.name)
    return null
  }

  return {
    'handover.standing': async ({ id }) => {
      const standing = await desk.ask('commandStanding', id)
      const known = new Set(standing.people)
      const contacts = (await contactNames(services)).filter((name) => !known.has(name) && name !== standing.commander)
      return { ...standing, people: [...standing.people, ...contacts].slice(0, 200) }
    },
    'handover.reach': async ({ id }) => cannotReach(await gatherReach(services, id)),
    'handover.brief': async ({ id, ...wanted }) => {
      const { text } = await desk.ask('brief', id, wanted, 'html')
      return { html: text }
    },
    'handover.saveBrief': async ({ id, format }) => {
      const paper = await desk.ask('brief', id, asOffered, format === 'md' ? 'md' : 'html')
      const bytes = format === 'pdf' ? await shell.printToPdf(paper.text) : Buffer.from(paper.text)
      const path = await chosenFile(shell, `${paper.name}.${format}`, { tried: 'Write the brief' })
      return writeOutside({ dataFolder, path, what: 'the brief' }, bytes)
    },
    'handover.offer': async ({ id, ...said }) => {
      await desk.ask('offerCommand', id, { ...said, where: 'same-desk' }, by())
      return null
    },
    'handover.offerElsewhere': async ({ id, withEvidence, ...said }) => {
      const person = by()
      const { state } = await desk.ask('open', id)
      // Where to comes first: who changes their mind there has offered nothing.
      const prefix = state.mode === 'exercise' ? 'EXERCISE-' : ''
      const name = `${prefix}${state.core.number}-handover.tar`
      const path = await chosenFile(shell, name, { tried: `Offer command to ${said.to}` })
      const words = await desk.ask('offerCommand', id, { ...said, where: 'other-desk' }, person)
      const { size: _size, leftOut, ...file } = await new Merger(desk, dataFolder).export(id, path, withEvidence)
      return { words, file: { ...file, leftOut: [...leftOut] } }
    },
    'handover.withdraw': async ({ id, reason }) => {
      await desk.ask('withdrawOffer', id, reason, by())
      return null
    },
    'handover.accept': async ({ id, ...said }) => {
      const person = by()
      await desk.ask('acceptCommand', id, said.name, person)
      return taken(id, said, person)
    },
    'handover.release': async ({ id, words }) => {
      await desk.ask('releaseCommand', id, words, by())
      return null
    },
    'handover.take': async ({ id, ...said }) => {
      const person = by()
      await desk.ask('takeCommand', id, said, person)
      return taken(id, said, person)
    },
    'handover.activity': async ({ id, ...wanted }) => {
      const { text } = await desk.ask('activity', id, wanted, 'html', by())
      return { html: text }
    },
    'handover.saveActivity': async ({ id, format, ...wanted }) => {
      const paper = await desk.ask('activity', id, wanted, format === 'pdf' ? 'html' : format, by())
      const bytes = format === 'pdf' ? await shell.printToPdf(paper.text) : Buffer.from(paper.text)
      const path = await chosenFile(shell, `${paper.name}.${format}`, { tried: 'Write the activity log' })
      return writeOutside({ dataFolder, path, what: 'the activity log' }, bytes)
    },
  }

  /** None where the vault is not there or locked: names are typed then. */
  async function contactNames({ vault: { contacts } }: Services): Promise<string[]> {
    if (vault.vault.locked === 'all') return []
    try {
      return (await contacts.list()).map(({ name }) => name)
    } catch (error) {
      if (error instanceof RefusalError) return []
      throw error
    }
  }
}

const asOffered = { to: null, objectives: null, hazards: null }
