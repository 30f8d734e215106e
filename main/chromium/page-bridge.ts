import { BRIDGE_NAME } from '../../shared/bridge.ts'

/** The names under which the page and Muster find each other. The page sees none of them once it runs. */
export const BINDING_NAME = 'musterRaw'
export const DELIVER_NAME = 'musterDeliver'

/** What the page sends besides calls: the bridge stands; somebody listens to the feeds. */
export const BRIDGE_STANDS = 'stands'
export const BRIDGE_LISTENS = 'listens'

/** Called in the page: settles one call, or brings a batch of feed messages as pairs of feed name and text. */
type Deliver = (id: string, answer: string, messages: readonly (readonly [string, string])[]) => void

interface PageParts {
  readonly binding: string
  readonly deliver: string
  readonly bridge: string
  readonly origin: string
  readonly stands: string
  readonly listens: string
  readonly calls: readonly string[]
}

/** The text of the script that every new document of the window runs before its own. */
export function pageBridgeSource(origin: string, callNames: readonly string[]): string {
  const parts: PageParts = {
    binding: BINDING_NAME,
    deliver: DELIVER_NAME,
    bridge: BRIDGE_NAME,
    origin,
    stands: BRIDGE_STANDS,
    listens: BRIDGE_LISTENS,
    calls: callNames,
  }
  return `(${installBridge.toString()})(${JSON.stringify(parts)})`
}

/**
 * Runs in the page: builds the bridge from the raw binding and takes the binding away, in every frame. It is sent as
 * text, so it uses nothing from outside itself. A frame below the window's own, or a page that is not Muster's,
 * gets no bridge; Muster checks the sender of each call again.
 */
function installBridge(parts: PageParts): void {
  const page = globalThis as unknown as Record<string, unknown> & {
    readonly location: { readonly href: string }
    readonly reportError: (error: unknown) => void
  }
  const raw = page[parts.binding] as ((text: string) => void) | undefined
  delete page[parts.binding]
  if (raw === undefined || page['top'] !== page || !page.location.href.startsWith(`${parts.origin}/`)) return

  const waiting = new Map<string, (answer: string) => void>()
  const listeners = new Set<(feed: string, message: string) => void>()
  let lastId = 0
  let isHeard = false

  function ask(name: string, argument: unknown): Promise<string> {
    if (typeof argument !== 'string') return Promise.reject(new TypeError('A call takes its argument as JSON text.'))
    lastId += 1
    const id = String(lastId)
    return new Promise((resolve) => {
      waiting.set(id, resolve)
      raw?.(`${id} ${name} ${argument}`)
    })
  }

  function listen(deliver: (feed: string, message: string) => void): () => void {
    listeners.add(deliver)
    if (!isHeard) raw?.(parts.listens)
    isHeard = true
    return () => void listeners.delete(deliver)
  }

  const deliver: Deliver = (id, answer, messages) => {
    waiting.get(id)?.(answer)
    waiting.delete(id)
    for (const [feed, message] of messages) {
      for (const listener of Array.from(listeners)) {
        try {
          listener(feed, message)
        } catch (error) {
          page.reportError(error) // one listener's fault keeps nothing from the others
        }
      }
    }
  }

  const calls = Object.fromEntries(parts.calls.map((name) => [name, (argument: unknown) => ask(name, argument)]))
  const bridge = Object.freeze({ calls: Object.freeze(calls), listen })
  Object.defineProperty(page, parts.bridge, { value: bridge, enumerable: true })
  Object.defineProperty(page, parts.deliver, { value: deliver, configurable: true })
  raw(parts.stands)
}
