/**
 * How Electron's preload script and its main process speak to each other. The window sees none of these names: it
 * has the bridge (`bridge.ts`).
 */

/** Window to main, with an answer: (call name, argument as JSON text) → answer as JSON text. */
export const CALL_CHANNEL = 'muster:call'
/** Window to main: somebody listens to the feeds. */
export const LISTENS_CHANNEL = 'muster:listens'
/** Main to window: (feed name, message as JSON text). */
export const FEED_CHANNEL = 'muster:feed'
/** The argument of the window's process that lists the names of all calls, with commas between. */
export const CALLS_ARGUMENT = '--muster-calls='
