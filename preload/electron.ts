import { contextBridge, ipcRenderer } from 'electron'
import { type Bridge, BRIDGE_NAME } from '../shared/bridge.ts'
import { CALL_CHANNEL, CALLS_ARGUMENT, FEED_CHANNEL, LISTENS_CHANNEL } from '../shared/bridge-channels.ts'

/** A sandboxed preload script has a small part of Node's process (https://electronjs.org/docs/latest/tutorial/sandbox). */
declare const process: { readonly argv: readonly string[] }

const callNames = process.argv
  .filter((argument) => argument.startsWith(CALLS_ARGUMENT))
  .flatMap((argument) => argument.slice(CALLS_ARGUMENT.length).split(','))

function call(name: string): (argument: string) => Promise<string> {
  return async (argument) => {
    const answer: unknown = await ipcRenderer.invoke(CALL_CHANNEL, name, argument)
    return String(answer)
  }
}

const listeners = new Set<(feed: string, message: string) => void>()
let isHeard = false

ipcRenderer.on(FEED_CHANNEL, (_event, feed: string, message: string) => {
  for (const deliver of listeners) deliver(feed, message)
})

const bridge: Bridge = {
  calls: Object.fromEntries(callNames.map((name) => [name, call(name)])),
  listen(deliver) {
    listeners.add(deliver)
    if (!isHeard) ipcRenderer.send(LISTENS_CHANNEL)
    isHeard = true
    return () => void listeners.delete(deliver)
  },
}

contextBridge.exposeInMainWorld(BRIDGE_NAME, bridge)
