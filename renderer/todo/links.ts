import type { Client, Outcome } from '../bridge/client.ts'

/** Opens pages outside Muster, after the person has seen the whole address. */
export interface Links {
  open(url: string): Promise<Outcome<null>>
}

export function createLinks(client: Client): Links {
  return { open: (url) => client.call('links.open', { url }) }
}

/** Whether an address is whole: one that still holds a parameter of the pack (`${DOMAIN}`) cannot be opened. */
export function isWhole(url: string): boolean {
  return !url.includes('${')
}
