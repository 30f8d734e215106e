/* Words that every part of the window uses. */
export const uiWords = {
  notDone: (tried: string) => `Not done: ${tried}`,
  retry: 'Try again',
  close: 'Close',
  cancel: 'Cancel',
  asking: 'Asked, no answer yet…',
  keep: 'Keep',
  nobody: 'nobody',
  optional: 'may stay empty',
  keysHint: 'shows the keys of this view',
}
