import type { Escalation } from './escalation.ts'

/** The escalation in one sentence: who is next and why, or that nobody is. */
export function nextSentence(escalation: Escalation): string {
  const [first, ...others] = escalation.now
  if (escalation.is === 'over') return 'The incident is over: nobody is to be called.'
  if (first !== undefined) {
    const also = others.length === 0 ? '' : ` Then ${others.map(({ title }) => title).join(', ')}.`
    return `Call ${first.title} by ${first.means}: ${first.why}.${also}`
  }
  const [next] = escalation.later
  const has = escalation.holders
    .map(({ title, person }) => (person === null ? title : `${person} (${title})`))
    .join(', ')
  if (next !== undefined) return `Nobody is to be called yet; next ${next.titles.join(' and ')}: ${next.why}.`
  if (has !== '') return `Nobody else is to be called by the runbook: ${has} has it.`
  const tried = escalation.failed.map(({ title, why }) => `${title} (${why})`)
  if (tried.length > 0)
    return `Nobody is left: ${tried.join(', ')}. Begin again at the top, or call somebody whom the runbook does not name.`
  const [judged] = escalation.judge
  if (judged !== undefined)
    return `Nobody is to be called yet. Decide: if ${judged.condition}, call ${judged.titles.join(' and ')}.`
  return escalation.is === 'unset'
    ? 'Nobody is to be called by rule before a severity is set.'
    : 'The runbook calls nobody by rule for this.'
}
