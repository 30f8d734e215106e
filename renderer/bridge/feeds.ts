import type { Bridge } from '../../shared/bridge.ts'
import { type FeedName, feeds, type Message } from '../../shared/contract.ts'
import { readJson } from './read-json.ts'

/** What each feed's message is given to. Every feed has one, so none is dropped unseen. */
export type FeedHandlers = { readonly [Name in FeedName]: (message: Message<Name>) => void }

/** The window's only subscription. Answers its own undo. */
export function listenToFeeds(bridge: Bridge, handlers: FeedHandlers): () => void {
  return bridge.listen((feed, text) => {
    if (!isFeed(feed)) return
    // Main has parsed the message by the feed's schema before it was sent.
    const handle = handlers[feed] as (message: unknown) => void
    handle(readJson(text))
  })
}

function isFeed(name: string): name is FeedName {
  return Object.hasOwn(feeds, name)
}
