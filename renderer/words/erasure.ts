/* Words of erasing, and of an entry shown as it is stored. */
export const erasureWords = {
  /** What a person types to show that it is no slip: it cannot be taken back. */
  word: 'ERASE',
  title: 'Erase the text of an entry',
  evidenceTitle: 'Erase evidence',
  goes: 'What goes, for good',
  stays: 'What stays',
  staysLine: (number: string, kind: string) => `${number}, ${kind}`,
  staysWhy: 'Number, kind, times, who, and the hash stay: the chain still verifies and says who erased it and why.',
  bundleGoes: (title: string, size: string) => `The bytes of '${title}', ${size}`,
  bundleStays:
    'The list of items with their names, sizes and hashes stays, and findings that were read from it stay too.',
  reason: 'Why?',
  reasonHint: "Say what kind of thing it is ('a password'), not the thing: this stays.",
  approver: 'Who approved it?',
  confirm: (word: string) => `Type ${word} to erase it for good`,
  go: 'Erase for good',
  outOfReach: 'Out of reach',
  done: (seq: number) => `Erased. Entry #${seq} says so.`,
  gone: 'Nothing of it is left in the data folder.',
  notYet:
    'Another process is reading the journal. Until that ends, its log still holds the text; Muster goes on trying.',
  copies: (names: string) => `Removed with it: ${names}, a copy that an update had made.`,
  held: (numbers: string) => `Its bytes stay, as ${numbers} holds the same evidence: erase it there too.`,
  quoting: (numbers: string) => `Corrections stay, and may repeat it: ${numbers}. They are offered for erasing next.`,
  quoted: 'These corrections may repeat it. Each is an entry of its own:',
  eraseToo: (seq: number) => `Erase #${seq} too`,
  notErased: 'It cannot be erased',
  close: 'Close',
  cancel: 'Cancel',
  act: 'Erase',
  keys: 'Erase the text of the entry',
  erasedBy: (seq: number) => `Erased by #${seq}`,
  evidenceErased: (seq: number, by: string, approver: string) =>
    `▧ Erased by #${seq}: ${by}, approved by ${approver}. What is listed here is its record.`,
  stored: {
    title: (seq: number) => `Entry #${seq} as it is stored`,
    act: 'As stored',
    keys: 'Show the entry as it is stored',
    kind: 'Kind',
    kindOf: (kind: string, version: number) => `${kind}, version ${version}`,
    unread: 'This Muster cannot read it: a newer one wrote it. It is kept, verified and exported as it stands.',
    logged: 'Logged',
    happened: 'Happened',
    clock: 'Clock',
    steady: 'steady',
    stepped: (by: string) => `stepped ${by} before this entry`,
    unknownStep: 'by nobody knows how much',
    noWitness: 'no outside clock to compare with',
    agrees: 'agrees with the clocks it was compared with',
    actor: 'Said or done by',
    recorder: 'Typed by',
    mode: 'Mode',
    place: 'Place',
    placeOf: (seq: number, chain: string) => `#${seq} of chain ${chain}`,
    hash: 'Hash',
    before: 'Before it',
    body: 'Body',
    bodyOf: 'The body, as stored',
    copy: 'Copy the JSON',
    reading: 'Reading the entry…',
    missing: 'This incident holds no such entry.',
  },
}

/** '20 min', '45 s', '3 h 10 min': how far a clock is off. */
export function spanOf(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000)
  if (seconds < 90) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 120) return `${minutes} min`
  const rest = minutes % 60
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`
}

/** 'about 20 min ahead'; null where the difference is too small to matter, or nobody compared. */
export function skewWords(skewMs: number | null): string | null {
  if (skewMs === null || Math.abs(skewMs) < 5_000) return null
  return `about ${spanOf(skewMs)} ${skewMs > 0 ? 'ahead' : 'behind'}`
}
