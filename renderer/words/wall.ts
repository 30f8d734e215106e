/* Words of the wall: one incident in large type. */
export const wallWords = {
  group: 'On the wall',
  command: 'Show this incident on the wall, in large type',
  back: 'Back to the room',
  lead: 'Impact',
  noImpact: '△ What customers notice is not stated yet.',
  running: 'running',
  ran: 'ran',
  clocks: 'Clocks',
  noClocks: 'No clock runs.',
  decisions: 'Last decisions',
  noDecisions: 'Nothing was decided yet.',
  outcomes: { decided: '', 'decided-despite': 'despite an objection', 'put-off': 'put off' },
  observer: (who: string) => `◇ OBSERVER: ${who} has command at another desk`,
  ended: (status: string, time: string) => `■ Ended: ${status}, ${time}`,
}
