/* Words of looking, and of an alarm that was none. */
export const falseAlarmWords = {
  go: 'Honourable false alarm',
  title: 'Honourable false alarm',
  praise: 'Looking was right. Whoever looks early finds the real ones early too, so this counts as good work.',
  what: 'What was it? One line is enough.',
  whats: [
    'Looked, and all is well',
    'Planned work, known beforehand',
    'The alert rings too early',
    'It mended itself before anybody noticed',
    'A test',
  ],
  after: 'It stays in the journal, and is left out of what counts how often things break. It can be reopened.',
  real: 'It is real',
  looking: 'Not confirmed yet. Look first, then say what it is; both answers are good ones.',
}
