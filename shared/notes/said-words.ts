import type { Said } from './command-line.ts'

/** What will be logged, in words; empty where nothing would be. A time before now is the asking side's to add. */
export function saidWords(said: Said): string {
  switch (said.is) {
    case 'empty':
    case 'wrong':
      return ''
    case 'note':
      return `Note: ${said.text}`
    case 'decision':
      return `Decision: ${said.text}`
    case 'update':
      return `Update given: ${said.text}`
    case 'task':
      return `Task for ${said.owner}${said.minutes === null ? '' : `, ${said.minutes} min`}: ${said.text}`
    case 'impact':
      return `Impact: ${said.text}`
    case 'severity':
      return `Severity ${said.code} ${said.name}: ${said.reason}`
    case 'role':
      return said.name === null ? `Nobody is ${said.role} any more` : `${said.name} is ${said.role}`
    case 'respond':
      return 'Somebody is on it: the response clock stops'
    case 'resolve':
      return 'Opens the dialog that ends the incident; nothing is logged yet'
  }
}
