/* Words of the phases of the response. */
export const phaseWords = {
  title: 'Phase of the response',
  here: 'you are here',
  byHand: (time: string) => `moved here at ${time}`,
  byTime: 'by time',
  window: (from: string, to: string | null, after: 'detection' | 'resolution') => {
    const since = after === 'detection' ? 'after it was noticed' : 'after its end'
    return to === null ? `from ${from} ${since}` : `${from} to ${to} ${since}`
  },
  noWindow: 'the runbook sets no time',
  lead: 'A phase moves on by its time, and never back by itself. Moved by hand it stays until a later one begins.',
  choose: 'Move to',
  reason: 'Why? (optional)',
  go: (phase: string) => `Move to ${phase}`,
  none: 'The runbook of this incident has no phases.',
  over: 'The incident has ended: its phases follow the time alone.',
}
