import type { Phase } from '../../shared/packs/pack.ts'
import { span } from './time.ts'

/* Words of 'what to do'. */
export const todoWords = {
  title: 'What to do',
  phase: (at: number, of: number, title: string) => `Phase ${at} of ${of} · ${title}`,
  window: ({ window }: Phase): string => {
    if (window === null) return ''
    const from = window.fromMinutes * 60_000
    if (window.toMinutes === null) return `from ${span(from)}`
    const to = span(window.toMinutes * 60_000)
    const range = window.fromMinutes === 0 ? `within ${to}` : `${span(from)} to ${to}`
    return window.after === 'resolution' ? `${range} after the end` : range
  },
  sides: { now: 'Now', steps: 'Steps' },
  allTicked: (of: number) => (of === 1 ? 'The one item is ticked.' : `All ${of} items are ticked.`),
  ticked: (done: number, of: number) => `${done} of ${of} ticked`,
  tick: (title: string) => `Tick as done: ${title}`,
  restOfPhase: (more: number, way: string | null) =>
    more > 0 ? `${more} more, and the steps` : way === null ? 'The steps' : `Then choose: ${way}`,
  movePhase: 'Move to another phase…',
  suggested: 'Suggested next',
  ofScenario: (title: string) => `first open step of ${title}`,
  showSteps: 'Steps',
  scenario: 'Scenario',
  noScenario: 'none chosen',
  scenarioBecause: (finding: string) => `Fits: ${finding}`,
  tasks: 'Tasks',
  runningTasks: (number: number, more: number) =>
    more === 0 ? `${number} running` : `${number} running, ${more} not shown`,
  left: (time: string) => `${time} left`,
  askBack: (time: string) => `ask back, ${time} over`,
  givenAt: (time: string) => `given ${time}`,
  people: 'Whom to call',
  callNow: 'Call now',
  moreToCall: (others: number) => `${others} more to call`,
  openCalls: 'Call and log',
  numberLocked: '■ number in the locked vault',
  nobodyBehind: 'Nobody is named.',
  noAnswer: (minutes: number | null, again: boolean, next: string) => {
    const wait = minutes === null ? '' : `wait ${minutes} min, `
    if (again) return `No answer: ${wait}call again${next === '' ? '' : `, then ${next}`}.`
    return next === '' ? `No answer: ${wait}nobody follows by rule.` : `No answer: ${wait}then ${next}.`
  },
  call: (title: string, means: string, attempt: number) =>
    `Call ${title} by ${means}${attempt === 1 ? '' : `, call ${attempt}`}`,
  offCall: (said: string) => `△ not on call now: ${said}`,
  holds: (title: string, person: string | null) => `${person ?? title} has it${person === null ? '' : ` (${title})`}`,
  later: (titles: string, time: string, why: string) => `Nobody yet. At ${time} call ${titles}: ${why}.`,
  contacts: (number: number) => `All ${number} contacts of the runbook`,
  openLink: (url: string) => `Open ${url}`,
  mayCommand: (code: string, roles: string) => `${code} is commanded by: ${roles}`,
  copy: 'Copy',
  copied: 'Copied',
  notCopied: 'Not copied: the system refused the clipboard. Select the text and copy it.',
  noPack: 'The runbook of this incident is not on this desk, so its steps cannot be shown.',
}
