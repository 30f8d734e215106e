import { refuse } from '../refusal.ts'
import { nearest } from './nearest.ts'
import type { Pack, PackSeverity, TriageQuestion } from './pack.ts'

export type Answer = 'yes' | 'no' | 'unsure'
export type Answers = Readonly<Record<string, Answer>>

/** One answered question: as it was put, what was answered, and what that led to. */
export interface TriageStep {
  readonly id: string
  readonly question: string
  readonly answer: Answer
  readonly led: string
}

export interface TriageResult {
  readonly severity: PackSeverity
  /** Whether somebody's 'unsure' holds it higher than a sure answer might. */
  readonly assumed: boolean
  /** Why it is this severity, in one or two sentences. */
  readonly why: string
  /** The answered questions, in the pack's order. */
  readonly path: readonly TriageStep[]
  /** Ids of the questions without an answer whose answer may still change the severity. */
  readonly open: readonly string[]
}

/**
 * Leads from answers to a severity of the pack. The worst severity that any answer leads to holds; a workaround then
 * lowers it, never below the lowest. 'Unsure' takes the higher: it counts as yes where yes raises and as no where yes
 * lowers. A question without an answer counts as no and stays in `open`. Without any yes it is the lowest.
 * Refuses (`bad-input`) an answer to a question that the pack does not ask.
 */
export function triage(pack: Pack, answers: Answers): TriageResult {
  refuseUnknown(pack, answers)
  const asked = pack.triage.questions.map((question) => ({
    question,
    answer: Object.hasOwn(answers, question.id) ? answers[question.id] : undefined,
  }))
  const highest = level(pack, asked, 'higher')
  const lowest = level(pack, asked, 'lower')
  const assumed = lowest.place !== highest.place
  const severity = severityAt(pack, highest.place)
  return {
    severity,
    assumed,
    why: whyOf(pack, asked, highest),
    path: asked.flatMap(({ question, answer }) =>
      answer === undefined
        ? []
        : [{ id: question.id, question: question.text, answer, led: ledTo(pack, question, answer) }],
    ),
    open: openQuestions(pack, asked, highest),
  }
}

interface Asked {
  readonly question: TriageQuestion
  readonly answer: Answer | undefined
}

/** `base`: where the raising answers led, as a place in the pack's list of severities; `place`: after lowering. */
interface Level {
  readonly base: number
  readonly place: number
}

function level(pack: Pack, asked: readonly Asked[], unsure: 'higher' | 'lower'): Level {
  const last = pack.severities.length - 1
  let base = last
  let lowered = 0
  for (const { question, answer } of asked) {
    if ('severity' in question.yes) {
      const counts = answer === 'yes' || (answer === 'unsure' && unsure === 'higher')
      if (counts) base = Math.min(base, placeOf(pack, question.yes.severity))
    } else if (answer === 'yes' || (answer === 'unsure' && unsure === 'lower')) {
      lowered += question.yes.lowerBy
    }
  }
  return { base, place: Math.min(last, base + lowered) }
}

function placeOf(pack: Pack, id: string): number {
  const place = pack.severities.findIndex((severity) => severity.id === id)
  if (place < 0) throw new Error(`severity ${id} is not in pack ${pack.id}, which its schema promises`)
  return place
}

function severityAt(pack: Pack, place: number): PackSeverity {
  const severity = pack.severities[place]
  if (severity === undefined) throw new Error(`pack ${pack.id} has no severity at ${place}`)
  return severity
}

function ledTo(pack: Pack, { yes }: TriageQuestion, answer: Answer): string {
  if ('lowerBy' in yes) {
    if (answer === 'yes') return `lower by ${yes.lowerBy}`
    return answer === 'no' ? 'not lowered' : 'not lowered, assumed'
  }
  const { code } = severityAt(pack, placeOf(pack, yes.severity))
  if (answer === 'yes') return code
  return answer === 'no' ? 'on' : `${code}, assumed`
}

function whyOf(pack: Pack, asked: readonly Asked[], { base, place }: Level): string {
  const code = severityAt(pack, base).code
  const raised = asked.filter(
    ({ question: { yes }, answer }) =>
      'severity' in yes && placeOf(pack, yes.severity) === base && (answer === 'yes' || answer === 'unsure'),
  )
  const sure = raised.find(({ answer }) => answer === 'yes')
  const unsure = raised.find(({ answer }) => answer === 'unsure')
  const first =
    sure !== undefined
      ? `The answer to '${sure.question.text}' is yes: ${code}.`
      : unsure !== undefined
        ? `Nobody is sure about '${unsure.question.text}', so the higher level holds: ${code}.`
        : `No answer raises it above the lowest level: ${code}.`
  return [first, ...loweringWhy(pack, asked, base, place)].join(' ')
}

function loweringWhy(pack: Pack, asked: readonly Asked[], base: number, place: number): string[] {
  const last = pack.severities.length - 1
  const lowering = asked.filter(({ question }) => 'lowerBy' in question.yes)
  const yes = lowering.find(({ answer }) => answer === 'yes')
  const unsure = lowering.find(({ answer }) => answer === 'unsure')
  const said: string[] = []
  if (yes !== undefined && place !== base) {
    said.push(`The answer to '${yes.question.text}' is yes, which lowers it to ${severityAt(pack, place).code}.`)
  }
  if (unsure !== undefined && place < last) {
    said.push(`Nobody is sure about '${unsure.question.text}', so it is not lowered for that.`)
  }
  return said
}

function openQuestions(pack: Pack, asked: readonly Asked[], { base, place }: Level): string[] {
  const last = pack.severities.length - 1
  const unanswered = asked.filter(({ answer }) => answer === undefined).map(({ question }) => question)
  const raising = unanswered.filter(({ yes }) => 'severity' in yes && placeOf(pack, yes.severity) < base)
  const lowering = unanswered.filter(({ yes }) => 'lowerBy' in yes && (place < last || raising.length > 0))
  return unanswered.filter((question) => raising.includes(question) || lowering.includes(question)).map(({ id }) => id)
}

function refuseUnknown(pack: Pack, answers: Answers): void {
  const known = pack.triage.questions.map((question) => question.id)
  for (const id of Object.keys(answers)) {
    if (known.includes(id)) continue
    const meant = nearest(id, known)
    throw refuse('bad-input', {
      tried: `Answer the triage questions of ${pack.title}`,
      happened: `It has no question '${id}'.`,
      next: meant === null ? `Answer one of: ${known.join(', ')}.` : `Did you mean '${meant}'?`,
    })
  }
}
