/* Words that every part of the window uses. */
export const uiWords = {
  notDone: (tried: string) => `Not done: ${tried}`,
  retry: 'Try again',
  close: 'Close',
  dismiss: 'Understood',
  cancel: 'Cancel',
  asking: 'Asked, no answer yet…',
  keep: 'Keep',
  nobody: 'nobody',
  optional: 'may stay empty',
  moreOf: (what: string) => `more: ${what}`,
  mistake: (happened: string) => ({
    tried: 'Show this view',
    happened: `Muster made a mistake of its own: ${happened}. The journal is not touched by it.`,
    next: 'Try again, or go to the board with Esc and g b.',
  }),
  keysHint: 'shows the keys of this view',
}
