/* Words of the palette and of the sheet of keys. */
export const paletteWords = {
  title: 'Commands',
  label: 'Find a command or an incident',
  hint: 'Type what you want to do',
  none: (text: string) => `Nothing is called '${text}' here. Try another word, or press Esc.`,
  incidents: 'Incidents',
  open: (title: string) => `Open ${title}`,
  keysTitle: 'Keys of this view',
  noKey: 'no key',
  found: (number: number) => `${number} found`,
}
