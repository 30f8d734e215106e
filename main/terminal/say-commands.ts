import { linkSchema } from '../../shared/incident/entries.ts'
import { refuse } from '../../shared/refusal.ts'
import type { Face } from './face.ts'
import { plain } from './text.ts'

/** `muster why ID --reason WHY`: the reason that is owed for a severity, the oldest first. */
export async function whyCommand(
  { services, by, say }: Face,
  incident: string,
  { reason }: { reason: string },
): Promise<void> {
  const { id, core } = await services.desk.ask('find', incident)
  const held = core.severities.find(({ owed }) => owed)
  if (held === undefined) {
    throw refuse('not-allowed', {
      tried: `Say why the severity of ${core.number} was set`,
      happened: 'Every severity of it has its reason.',
      next: `Nothing needs to be done. To change it: muster severity ${core.number} CODE --reason "…"`,
    })
  }
  await services.desk.ask('explainSeverity', id, held.entry, reason, by)
  say({ id, number: core.number, entry: held.entry, severity: held.severity, reason }, [
    plain(`Logged in ${core.number}. ${held.severity.code}: ${reason}`),
  ])
}

/** `muster link ID KIND URL`, or `--none` to take it away. */
export async function linkCommand(
  { services, by, say }: Face,
  incident: string,
  named: string,
  url: string | undefined,
  options: { title?: string; none?: boolean },
): Promise<void> {
  const kind = linkSchema.safeParse(named)
  const tried = `Set a link of ${incident}`
  if (!kind.success) {
    const next = `Name one of ${linkSchema.options.join(', ')}.`
    throw refuse('bad-input', { tried, happened: `There is no link '${named}'.`, next })
  }
  const isNone = options.none === true
  if ((url === undefined) !== isNone) {
    const happened = isNone ? 'An address was given, and --none.' : 'No address was given.'
    throw refuse('bad-input', { tried, happened, next: 'Give the whole address, or --none to take the link away.' })
  }
  const { id, core } = await services.desk.ask('find', incident)
  const said = { link: kind.data, title: isNone ? null : (options.title ?? null), url: url ?? null }
  await services.desk.ask('link', id, said, by)
  say({ id, number: core.number, ...said }, [
    plain(`Logged in ${core.number}: ${kind.data} ${isNone ? 'taken away' : said.url}.`),
  ])
}
