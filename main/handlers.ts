import { basename } from 'node:path'
import type { Desk, Message } from '../shared/contract.ts'
import type { Person } from '../shared/journal/header.ts'
import { refuse } from '../shared/refusal.ts'
import { madeAnchor, saveAnchor } from './anchors/made-anchor.ts'
import { chosenFile } from './chosen-file.ts'
import type { Handlers } from './contract/answerer.ts'
import { changeSettings, personNamed, readSettings } from './desk/settings.ts'
import type { CheckedIncident, CheckReason } from './evidence/evidence-service.ts'
import { findingsHandlers } from './evidence/findings-handlers.ts'
import { eraseEntry, eraseEvidence } from './erasure/erase-everywhere.ts'
import { handoverHandlers } from './handover/handover-handlers.ts'
import { declarationOf, practiceDeclaration } from './incidents/declare.ts'
import { responseHandlers } from './incidents/response-handlers.ts'
import { owing, severityChoice } from './incidents/severity-choice.ts'
import type { Verifications } from './journal/verifications.ts'
import { mergeHandlers } from './merge/merge-handlers.ts'
import { packHandlers } from './packs/pack-handlers.ts'
import { packNamed } from './packs/packs.ts'
import { peopleHandlers } from './people/people-handlers.ts'
import type { Exporter } from './postmortem/exporter.ts'
import type { Services } from './services.ts'
import type { Shell } from './shell.ts'
import { storageHandlers } from './storage/storage-handlers.ts'
import { targetHandlers } from './targets/target-handlers.ts'
import { vaultHandlers } from './vault/vault-handlers.ts'

/** What the handlers need besides the services: the window's side of things. */
export interface WindowSide {
  readonly shell: Shell
  readonly exporter: Exporter
  /** From now on the window hears of this incident's entries. */
  follow(incident: string): void
  /** The desk as the window shows it. */
  describeDesk(): Desk
  deskChanged(): void
  /** Hashes all evidence of an incident again; the window hears how far it is. */
  checkEvidence(incident: string, because: CheckReason, by: Person): Promise<CheckedIncident>
  /** As `checkEvidence`, without anybody waiting for it. */
  checkEvidenceLater(incident: string, because: CheckReason, by: Person): void
  readonly verifications: Verifications
  /** Starts a sweep whose progress and end go to the window. */
  sweep(incident: string, endpoint: string, by: Person): Promise<string>
}

/** Answers of the contract, each a line or a few: what is decided is decided in the services. */
export function createHandlers(services: Services, side: WindowSide): Handlers {
  const { desk, shelf } = services

  function by(): Person {
    if (services.settings.operator !== null) return services.settings.operator
    throw refuse('not-allowed', {
      tried: 'Write into the journal',
      happened: 'Muster does not know who sits at this desk.',
      next: 'Say your name first: each entry records who typed it.',
    })
  }

  async function become(name: string): Promise<void> {
    services.settings = await changeSettings(services.dataFolder, { operator: personNamed(name) })
    side.deskChanged()
  }

  return {
    'desk.open': async () => {
      const board = await desk.ask('board')
      services.probes()
      services.search.warm()
      await shelf.refresh()
      return { desk: side.describeDesk(), board }
    },
    'desk.introduce': async ({ name }) => done(await become(name)),
    ...packHandlers(services, () => side.deskChanged()),
    'incidents.declare': async ({ pack, ...said }) => {
      const { loaded } = await services.overlays.inForce()
      return desk.ask('declare', declarationOf(packNamed(shelf.packs, pack), said, loaded), by())
    },
    'incidents.open': async ({ id }) => {
      const opened = await desk.ask('open', id)
      side.follow(id)
      return {
        ...opened,
        yours: [...opened.yours],
        entries: [...opened.entries],
        ownChain: await desk.ask('ownChain', id),
      }
    },
    'incidents.page': async ({ id, from, to }) => desk.ask('page', id, from, to),
    'incidents.filtered': async ({ id, filter, from, to }) => desk.ask('filtered', id, filter, { from, to }),
    'incidents.facets': async ({ id }) => {
      const { groups, people, starred } = await desk.ask('facets', id)
      return { groups: [...groups], people: [...people], starred }
    },
    'incidents.locate': async ({ id, at, filter }) => ({ position: await desk.ask('locate', id, at, filter) }),
    'incidents.confirm': async ({ id }) => done(await desk.ask('confirm', id, by())),
    'incidents.check': async ({ id, what }) => done(await desk.ask('check', id, what, null, by())),
    'incidents.respond': async ({ id }) => done(await desk.ask('respond', id, by())),
    'incidents.setSeverity': async ({ id, ...said }) => {
      const { pack } = await desk.ask('open', id)
      const choice = pack === null ? null : severityChoice(pack, said)
      if (choice === null) throw nothingChosen()
      // What the answers lead to says why by itself; a level that somebody named does not.
      const isOwed = said.reason === null && said.severity !== null
      return done(await desk.ask('setSeverity', id, isOwed ? owing(choice) : choice, by()))
    },
    'incidents.stateImpact': async ({ id, text }) => done(await desk.ask('stateImpact', id, text, by())),
    'incidents.assign': async ({ id, role, name }) => {
      const person = by()
      const before = (await desk.ask('open', id)).state.roles.commander?.name ?? null
      await desk.ask('assign', id, role, name, person)
      // Command changes hands, and with it the evidence; nobody waits for the hashing.
      if (role === 'commander' && name !== null && before !== null && before !== name) {
        side.checkEvidenceLater(id, 'handed over', person)
      }
      return null
    },
    'incidents.note': async ({ id, text, happenedAt }) => done(await desk.ask('note', id, text, happenedAt, by())),
    'incidents.correct': async ({ id, entry, text }) => done(await desk.ask('correct', id, entry, text, by())),
    'incidents.star': async ({ id, entry, on }) => done(await desk.ask('star', id, entry, on, by())),
    'incidents.giveTask': async ({ id, happenedAt, ...task }) =>
      done(await desk.ask('giveTask', id, task, happenedAt, by())),
    'incidents.decide': async ({ id, happenedAt, ...said }) =>
      done(await desk.ask('decide', id, said, happenedAt, by())),
    'incidents.giveUpdate': async ({ id, text, happenedAt }) =>
      done(await desk.ask('giveUpdate', id, text, happenedAt, by())),
    ...responseHandlers(desk, by),
    'incidents.resolve': async ({ id, outcome, summary }) =>
      done(await desk.ask('resolve', id, outcome, summary, by())),
    'incidents.settle': async ({ id, field, entry }) => done(await desk.ask('settle', id, field, entry, by())),
    'incidents.reopen': async ({ id, reason }) => done(await desk.ask('reopen', id, reason, by())),
    'docker.endpoints': async ({ mode }) => ({
      ...(await services.sweeps.endpoints(mode)),
      standings: (await readSettings(services.dataFolder)).engines,
    }),
    'sweeps.start': async ({ incident, endpoint }) => ({ sweep: await side.sweep(incident, endpoint, by()) }),
    'sweeps.cancel': async ({ sweep }) => done(services.sweeps.cancel(sweep)),
    ...findingsHandlers({ desk, evidence: services.evidence, by }),
    'evidence.read': async ({ incident, bundle, item }) => services.evidence.read(incident, bundle, item, by()),
    'evidence.check': async ({ incident }) => side.checkEvidence(incident, 'asked for', by()),
    'evidence.save': async ({ incident, bundle, item, to, because }) => {
      const person = by()
      const path = await chosenFile(side.shell, basename(item), { tried: 'Save the evidence' })
      const released = await services.evidence.release({ incident, bundle, item, path, to, because }, person)
      return { path, sha256: released.sha256, result: released.result }
    },
    'evidence.storage': async () => services.evidence.storage(),
    'attachments.begin': async ({ incident, note, ...meta }) => {
      by()
      return { upload: await services.evidence.beginUpload(incident, meta, note) }
    },
    'attachments.part': async ({ upload, at, base64 }) => ({
      next: await services.evidence.takePart(upload, at, base64),
    }),
    'attachments.end': async ({ upload }) => services.evidence.endUpload(upload, by()),
    'attachments.cancel': async ({ upload }) => done(await services.evidence.cancelUpload(upload)),
    'erasure.entry': async (order) => eraseEntry(services, order, by()),
    'erasure.evidence': async (order) => eraseEvidence(services, order, by()),
    'exports.write': async ({ incident, format }) => {
      await side.checkEvidence(incident, 'exported', by())
      const made = await side.exporter.make(incident, format)
      const path = await chosenFile(side.shell, made.name, { tried: 'Write the post-mortem' })
      return side.exporter.write(incident, made, path, by())
    },
    'exports.preview': async ({ incident }) => ({ html: await side.exporter.html(incident) }),
    'search.find': async (ask) => services.search.find(ask),
    'journal.verify': async ({ anchor }) => ({ verification: side.verifications.start(anchor) }),
    'journal.anchor': async ({ incident }) => madeAnchor(await desk.ask('anchor', incident)),
    'journal.saveAnchor': async ({ incident }) => saveAnchor(services, side.shell, incident),
    'journal.cancelVerify': async ({ verification }) => done(side.verifications.cancel(verification)),
    'practice.start': async () => {
      const person = by()
      await services.practice.start()
      side.deskChanged()
      const { id } = await desk.ask('declare', practiceDeclaration(packNamed(shelf.packs, 'infinity'), person), person)
      return { id }
    },
    'practice.restart': async ({ id, service }) => {
      const person = by()
      const { state } = await desk.ask('open', id)
      if (state.mode !== 'exercise') throw notSimulated(service)
      await services.practice.restart(service)
      return done(await desk.ask('note', id, `Restarted ${service} of the simulated system.`, null, person))
    },
    'practice.stop': async () => {
      await services.practice.stop()
      side.deskChanged()
      return null
    },
    ...storageHandlers(services.storage, side.shell),
    ...mergeHandlers(services, side.shell),
    ...targetHandlers(services.targets),
    ...handoverHandlers(services, {
      shell: side.shell,
      by,
      become,
      handedOver: (incident, person) => side.checkEvidenceLater(incident, 'handed over', person),
    }),
    ...peopleHandlers(services, side.shell),
    ...vaultHandlers(services.vault, side.shell, services.dataFolder, {
      packs: () => shelf.packs.map(({ pack }) => pack),
      overlay: () => services.overlays.inForce(),
      bindings: (pack) => services.targets.list(pack),
    }),
    'communications.templates': async ({ incident }) => ({ templates: await desk.ask('templates', incident) }),
    'communications.draft': async ({ incident, template, values }) => {
      const { subject, text, missing } = await desk.ask('draft', incident, template, values)
      return { subject, text, missing: missing.map((field) => ({ ...field, choices: [...field.choices] })) }
    },
    'links.open': async ({ url }) => {
      const refusal = await side.shell.openExternal(url)
      if (refusal !== null) throw refuse(refusal.code, refusal)
      return null
    },
  }
}

export type SweepEnded = Message<'sweeps.ended'>

/** Calls that answer nothing answer null, once what they asked for is done. */
function done(_nothing: unknown): null {
  return null
}

function nothingChosen() {
  return refuse('bad-input', {
    tried: 'Set the severity',
    happened: 'Neither a severity nor an answer was given, or the incident carries no pack that Muster can read.',
    next: 'Choose a severity, or answer the questions.',
  })
}

function notSimulated(service: string) {
  return refuse('not-allowed', {
    tried: `Restart ${service} of the simulated system`,
    happened: 'This incident is live: the simulated system is not part of it. Nothing was written.',
    next: 'Open the exercise and restart it from there.',
  })
}
