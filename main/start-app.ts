import type { Shell } from './shell.ts'

/** Builds the app on a shell (`main/app.ts`); the entries get it passed in, so that a shell is tested without the app. */
export type StartApp = (options: {
  shell: Shell
  dataFolder: string
  assetsFolder: string
  log: (what: string) => void
}) => Promise<void>
