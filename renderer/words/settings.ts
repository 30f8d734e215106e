import { count } from './time.ts'

/* Words of the settings. */
export const settingsWords = {
  title: 'Settings',
  command: 'Open the settings',
  who: 'Who records',
  nobody: 'Nobody yet',
  changeWho: 'Change',
  look: 'Look',
  looks: {
    system: 'As the system has it',
    light: 'Light',
    dark: 'Dark',
    contrast: 'High contrast',
  },
  times: 'Times',
  zones: { utc: (now: string) => `UTC, now ${now}`, local: (now: string) => `Local, now ${now}` },
  storage: 'Mirror and backup',
  reading: 'Looking at the disk…',
  backedUp: (when: string) => `Backed up ${when}`,
  openStorage: 'Mirror, backup, space',
  vault: 'Vault',
  noVault: 'There is none yet.',
  openVault: 'Open the vault',
  contacts: 'Contacts',
  contactsWhat: 'Who stands behind the roles of your runbooks, and how to reach them.',
  openContacts: 'Open the contacts',
  packs: 'Runbooks',
  packsWhat: (read: number, problems: number) =>
    `${count(read, 'runbook')} read${problems === 0 ? '' : `, ${count(problems, 'trouble')} with others`}.`,
  openPacks: 'Open the runbooks',
  clocks: 'Clocks',
  clocksRing: {
    here: 'They ring in this Muster.',
    elsewhere: 'They ring in another Muster that has the same data folder open.',
  },
  dataFolder: 'Data folder',
  version: 'Muster',
  versionIs: (version: string, shell: string) => `${version}, in ${shell}`,
}
