import { count } from './time.ts'

/* Words of search. */
export const searchWords = {
  title: 'Search',
  label: 'Search entries and evidence of all incidents',
  hint: 'Words, "phrases", begin*, -without, kind:noted by:ana after:2h',
  results: 'What was found',
  filters: 'Filters',
  chips: {
    here: (number: string) => `only ${number}`,
    starred: 'starred',
    today: 'today',
    notes: 'notes',
    decisions: 'decisions',
    evidence: 'in evidence',
    live: 'no exercises',
    ranked: 'best first',
  },
  empty:
    'Type what you look for. It is found in every incident of this desk, in what was noted and in the text of evidence.',
  examples: [
    { typed: 'postgres-primary', says: 'these words, in this order' },
    { typed: '"exit code 137"', says: 'a phrase' },
    { typed: 'conn*', says: 'what begins so' },
    { typed: 'timeout -gateway', says: 'without a word' },
    { typed: 'in:0412 by:ana kind:decided', says: 'of an incident, a person, a kind' },
    { typed: 'after:2h before:14:05 is:starred', says: 'of a time, starred' },
  ],
  searching: 'Searching…',
  found: (number: number, more: boolean) => (more ? `the newest ${number} of more` : `${count(number, 'place')} found`),
  foundBest: (number: number, more: boolean) =>
    more ? `the best ${number} of more` : `${count(number, 'place')} found, the best first`,
  rankedSince: (time: string) => `Ranked were only entries since ${time}: there are many. Add a word or a filter.`,
  more: 'Show more',
  none: (text: string) => `Nothing says '${text}'.`,
  drop: 'Without one of these there is something:',
  dropOne: (piece: string) => `Leave out ${piece}`,
  noneHint: 'Words are found whole while they are followed by another: end the last with * to find what begins so.',
  building: (done: string, of: string) =>
    `The index is being made: ${done} of ${of} entries. What is not in it yet is not found yet.`,
  bundles: (bundles: number) =>
    `${count(bundles, 'bundle')} of evidence ${bundles === 1 ? 'waits' : 'wait'} to be read.`,
  starred: 'starred',
  later: (time: string) => `happened ${time}`,
  evidence: (item: string) => `evidence: ${item}`,
  landed: 'Found by search',
}
