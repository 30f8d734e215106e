import type { Finding } from '../../shared/findings/finding.ts'
import { readUntil } from '../../shared/findings/waiver-until.ts'
import { type Waiver, waiverKeyOf, type Waivers } from '../../shared/findings/waivers.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import { refuse } from '../../shared/refusal.ts'
import type { Face } from './face.ts'
import { plain } from './text.ts'

interface WaiveOptions {
  readonly until?: string
  readonly reason: string
  readonly end?: boolean
}

/**
 * `muster waive ID CODE OBJECT --until WHEN --reason WHY`: a finding, or something untidy, is known and accepted until then.
 * `--end` ends a waiver. OBJECT is its name, or words of the title.
 */
export async function waiveCommand(
  { services, by, say }: Face,
  named: string,
  code: string,
  object: string,
  { until, reason, end = false }: WaiveOptions,
): Promise<void> {
  const state = await services.desk.ask('find', named)
  const tried = `${end ? 'End the waiver of' : 'Waive'} ${code} ${object} in ${state.core.number}`
  const finding = end
    ? waivedNamed(tried, state.waivers, code, object)
    : await findingNamed(tried, state, code, object, async (bundle) => {
        return (await services.evidence.derive(state.id, bundle, by)).hygiene
      })
  const time = end ? null : untilOf(tried, until)
  await services.desk.ask('waive', state.id, { finding, until: time, reason }, by)
  say({ id: state.id, number: state.core.number, finding, until: time }, [
    time === null
      ? plain(`No longer waived in ${state.core.number}: ${finding.title}.`)
      : plain(`Waived in ${state.core.number} until ${time}: ${finding.title}.`),
  ])
}

type Named = Pick<Waiver, 'key' | 'title'>

async function findingNamed(
  tried: string,
  { sweep, core }: IncidentState,
  code: string,
  object: string,
  hygieneOf: (bundle: string) => Promise<readonly Finding[]>,
): Promise<Named> {
  if (sweep === null) {
    throw refuse('not-found', {
      tried,
      happened: 'No sweep was kept in it.',
      next: `Sweep first: muster sweep --incident ${core.number}`,
    })
  }
  const here = sweep.findings.filter((finding) => fits(finding, code, object))
  const found = here.length > 0 ? here : (await hygieneOf(sweep.bundle)).filter((one) => fits(one, code, object))
  return theOnly(
    tried,
    found.map((finding) => ({ key: waiverKeyOf(finding), title: finding.title })),
    `Type \`muster findings ${core.number}\`, or with --hygiene, for what there is.`,
  )
}

function fits(finding: Finding, code: string, object: string): boolean {
  return finding.code.toLowerCase() === code.toLowerCase() && isNamed(object, finding.object.name, finding.title)
}

function waivedNamed(tried: string, waivers: Waivers, code: string, object: string): Named {
  const found = Object.values(waivers).filter(
    ({ key, title }) => key.toLowerCase().startsWith(`${code.toLowerCase()} `) && isNamed(object, key, title),
  )
  return theOnly(
    tried,
    found.map(({ key, title }) => ({ key, title })),
    'Type `muster findings ID` for what is waived.',
  )
}

/** The object's whole name, or words of the title. */
function isNamed(object: string, name: string, title: string): boolean {
  const wanted = object.toLowerCase()
  return (
    name.toLowerCase() === wanted || name.toLowerCase().endsWith(` ${wanted}`) || title.toLowerCase().includes(wanted)
  )
}

function theOnly(tried: string, found: readonly Named[], next: string): Named {
  const [only] = found
  if (only !== undefined && found.length === 1) return only
  throw refuse('not-found', {
    tried,
    happened:
      only === undefined
        ? 'The newest sweep found nothing of that code and name.'
        : `${found.length} fit: ${found.map(({ title }) => title).join('; ')}.`.slice(0, 500),
    next: only === undefined ? next : 'Give more words of the title instead of the object’s name.',
  })
}

const wrong = {
  form: 'That is no time.',
  past: 'That is over already.',
  far: 'That is longer than a year.',
}

/** Times of day are UTC here, as everywhere in the terminal. */
function untilOf(tried: string, typed: string | undefined): string {
  const text = typed ?? ''
  const read = readUntil(text, Date.now(), 0)
  if (read.is === 'time') return read.iso
  const isIso = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))
  if (isIso) return new Date(text).toISOString()
  throw refuse('bad-input', {
    tried,
    happened: typed === undefined ? 'It does not say until when.' : wrong[read.why],
    next: 'Give --until 8h, 7d, 18:30 (UTC), 2026-11-28 or 2026-11-28T18:30:00Z.',
  })
}
