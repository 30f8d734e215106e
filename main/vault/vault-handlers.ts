import { RefusalError } from '../../shared/refusal.ts'
import type { CredentialUse } from '../../shared/vault/credential.ts'
import { chosenFile } from '../chosen-file.ts'
import type { Handlers } from '../contract/answerer.ts'
import { changeSettings } from '../desk/settings.ts'
import { writeOutside } from '../outside-file.ts'
import type { Shell } from '../shell.ts'
import { readRecoveryKey } from './recovery-key.ts'
import { recoverySheet } from './recovery-sheet.ts'
import type { VaultService } from './vault-service.ts'
import { allUses, type UseSources } from './where-used.ts'

type PeopleCall = `people.${'list' | 'keep' | 'forget' | 'import'}`
type VaultCall = Extract<keyof Handlers, `vault.${string}` | PeopleCall>

/** Answers about the vault and the people in it. Secrets come in here and go no further than the vault. */
export function vaultHandlers(
  service: VaultService,
  shell: Pick<Shell, 'chooseSaveFile' | 'printToPdf'>,
  dataFolder: string,
  uses: UseSources,
): Pick<Handlers, VaultCall> {
  const { vault, contacts } = service
  const done = async (work: Promise<unknown>): Promise<null> => {
    await work
    service.changed()
    return null
  }
  return {
    'vault.status': async () => service.status(),
    'vault.create': async (wanted) => {
      const made = await (wanted.by === 'system' ? vault.createBySystem() : vault.createByPassphrase(wanted.passphrase))
      service.changed()
      return made
    },
    'vault.unlock': async (wanted) => {
      if (wanted.by === 'system') return done(vault.unlockBySystem())
      return done(
        wanted.by === 'passphrase' ? vault.unlockByPassphrase(wanted.secret) : vault.unlockByRecovery(wanted.secret),
      )
    },
    'vault.lock': async () => {
      vault.lock()
      return done(Promise.resolve())
    },
    'vault.list': async () => {
      const [held, named] = await Promise.all([vault.list(), usesOrNull(uses)])
      return held.map((one) => ({ ...one, where: named?.filter(({ credential }) => credential === one.name) ?? null }))
    },
    'vault.test': async ({ name, typed }) => {
      try {
        return await vault.test(name, typed)
      } finally {
        // Three wrong ones lock it.
        if (vault.locked !== 'nothing') service.changed()
      }
    },
    'vault.setIdle': async ({ minutes }) => done(changeSettings(dataFolder, { vaultIdleMinutes: minutes })),
    'vault.set': async ({ name, kind, value }) => done(vault.set(name, kind, value)),
    'vault.forget': async ({ name }) => done(vault.forget(name)),
    'vault.changePassphrase': async ({ passphrase }) => done(vault.changePassphrase(passphrase)),
    'vault.saveRecoverySheet': async ({ recovery }) => {
      readRecoveryKey(recovery)
      const path = await chosenFile(shell, 'muster-recovery-key.pdf', {
        tried: 'Write the recovery sheet',
        next: 'Write the key down by hand, or choose a file.',
      })
      const bytes = await shell.printToPdf(recoverySheet(recovery, dataFolder))
      await writeOutside({ dataFolder, path, what: 'the recovery sheet' }, bytes)
      return { path }
    },
    'people.list': async () => contacts.list(),
    'people.keep': async ({ id, contact }) => ({ id: await contacts.keep(contact, id) }),
    'people.forget': async ({ id }) => done(contacts.forget(id)),
    'people.import': async ({ file, text }) => {
      const report = await contacts.importText(text, file)
      return { ...report, notUnderstood: [...report.notUnderstood] }
    },
  }
}

/** Null where what names credentials cannot be read: whose page it is says why. */
async function usesOrNull(uses: UseSources): Promise<CredentialUse[] | null> {
  try {
    return await allUses(uses)
  } catch (error) {
    if (error instanceof RefusalError) return null
    throw error
  }
}
