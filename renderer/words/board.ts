/* Words of the board. */
export const boardWords = {
  title: 'Board',
  open: 'Open',
  ended: 'Ended',
  noneOpen: 'Nothing is open.',
  declare: 'New incident',
  look: {
    go: 'Look first',
    command: 'Look first: open an unconfirmed incident and sweep',
    hint: 'Not sure that it is one? Look first: it opens unconfirmed and sweeps. If it was nothing, ending it is no shame.',
    thisMachine: 'Docker on this machine',
    incident: (engine: string | null, time: string) =>
      engine === null ? `Looking, ${time}` : `Looking into ${engine}, ${time}`,
  },
  practice: 'Practice',
  columns: {
    severity: 'Severity',
    incident: 'Incident',
    mode: 'Mode',
    status: 'Status',
    running: 'Running',
    commander: 'Commander',
    last: 'Last entry',
  },
  noCommander: '△ nobody',
  response: 'no response yet',
  empty: {
    title: 'No incident yet',
    what: 'Each incident that you declare stands here as one line: how bad, how long, who commands. The worst is on top.',
    practiceTitle: 'Nothing to look at? Practice first.',
    practiceWhat:
      'Muster starts a simulated system of five services with a fault in it. You sweep it, find the cause and write it down. It is marked EXERCISE and can reach nothing real.',
    practiceGo: 'Practice on a simulated system',
    declareTitle: 'Something is wrong?',
    declareWhat: 'A few questions lead to a severity, in under half a minute. Nothing leaves this machine.',
    declareGo: 'Declare an incident',
  },
  packProblems: 'A runbook could not be read',
  practiceRuns: 'The simulated system runs.',
  commands: {
    group: 'Board',
    down: 'Next line',
    up: 'Line before',
    practice: 'Practice on a simulated system',
    stop: 'Stop the simulated system',
  },
}
