import { visibleText } from '../../shared/postmortem/visible.ts'

/** Text without any of these, as JSON carries it, is plain: letters of Europe and East Asia, no escape but for lines. */
const suspicious = /\\u|[^\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u05ff\u3040-\u9fff]/

/**
 * Reads what main said. In all text, whoever wrote it, characters that hide, reorder or steer are spelled out, so that
 * no part of the window has to think of it: what is on screen is what was written. Tabs stay.
 */
export function readJson(text: string): unknown {
  if (!suspicious.test(text)) return JSON.parse(text)
  return JSON.parse(text, (_key, value: unknown) => (typeof value === 'string' ? visible(value) : value))
}

function visible(text: string): string {
  return text.split('\t').map(visibleText).join('\t')
}
