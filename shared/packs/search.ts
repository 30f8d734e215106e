import type { Pack } from './pack.ts'
import type { Stage } from './stage.ts'
import type { Step } from './step.ts'

/** The lists of a pack whose items have pages of their own. */
export type PagedList = 'scenarios' | 'phases' | 'routines'

/** Where something of a pack is shown: its own page, or that of one of its items; `anchor` is the part of the page. */
export interface PackSpot {
  readonly pack: string
  readonly list: PagedList | null
  readonly item: string | null
  readonly anchor: string | null
}

export type FoundKind =
  | 'pack'
  | 'severity'
  | 'scenario'
  | 'symptom'
  | 'phase'
  | 'routine'
  | 'stage'
  | 'option'
  | 'step'
  | 'role'
  | 'contact'
  | 'escalation'
  | 'approval'
  | 'template'
  | 'drill'
  | 'target'
  | 'place'

/** One thing that can be found. `around`: the titles that lead to it, the pack's first. */
interface Indexed {
  readonly kind: FoundKind
  readonly spot: PackSpot
  readonly title: string
  readonly around: readonly string[]
  readonly text: string
  readonly low: { readonly title: string; readonly text: string; readonly around: string }
}

export type PackIndex = readonly Indexed[]

/** A stretch of text on one line and where in it the words stand (`end` exclusive). */
export interface Marked {
  readonly text: string
  readonly marks: readonly (readonly [start: number, end: number])[]
}

export interface PackHit {
  readonly kind: FoundKind
  readonly spot: PackSpot
  readonly title: Marked
  readonly around: readonly string[]
  /** The words around what was found; empty where the title says it all. */
  readonly excerpt: Marked
}

export interface PacksFound {
  /** The best first. */
  readonly hits: readonly PackHit[]
  /** How many there are beside those told. */
  readonly more: number
}

/** Everything of these packs that can be found by its words. Made once; searching it is a walk over memory. */
export function indexPacks(packs: readonly Pack[]): PackIndex {
  return packs.flatMap(indexPack)
}

/**
 * What holds every typed word, as a part of its words, of the titles that lead to it or of its pack's; the best first:
 * titles before texts, beginnings of words before middles. None for no words.
 */
export function searchPacks(index: PackIndex, typed: string, limit = 60): PacksFound {
  const words = wordsIn(typed)
  if (words.length === 0) return { hits: [], more: 0 }
  const fitting = index.flatMap((one, place) => {
    const score = scoreOf(one, words)
    return score === 0 ? [] : [{ one, score, place }]
  })
  const best = fitting.toSorted((a, b) => b.score - a.score || a.place - b.place).slice(0, limit)
  return { hits: best.map(({ one }) => hitOf(one, words)), more: fitting.length - best.length }
}

const LONGEST = 200
const LEAD = 40
/** What is asked for most comes first among equals. */
const weights: Partial<Record<FoundKind, number>> = { pack: 3, scenario: 2, routine: 1, phase: 1, symptom: 1 }

function indexPack(pack: Pack): Indexed[] {
  const own = (kind: FoundKind, anchor: string | null, title: string, ...texts: Text[]) =>
    indexed(
      kind,
      { pack: pack.id, list: null, item: null, anchor },
      [title, ...texts],
      anchor === null ? [] : [pack.title],
    )
  const titleOf = (role: string) => pack.roles.find(({ id }) => id === role)?.title ?? role
  return [
    own('pack', null, pack.title, pack.scope, pack.source.document, pack.id),
    ...pack.severities.map((one) =>
      own('severity', 'severities', `${one.code} ${one.name}`, one.summary, one.impact, ...one.examples),
    ),
    ...pack.scenarios.flatMap((one) => [
      ...paged(pack, 'scenarios', 'scenario', one),
      ...one.symptoms.map(({ id, text }) =>
        indexed('symptom', spotOf(pack, 'scenarios', one.id, anchors.symptom(id)), [text], [pack.title, one.title]),
      ),
    ]),
    ...pack.phases.flatMap((one) => paged(pack, 'phases', 'phase', one)),
    ...pack.routines.flatMap((one) => paged(pack, 'routines', 'routine', one)),
    ...pack.roles.map((one) =>
      own('role', anchors.role(one.id), one.title, one.summary, one.when, ...one.duties.map(({ text }) => text)),
    ),
    ...pack.contacts.map((one) =>
      own(
        'contact',
        anchors.role(one.role),
        titleOf(one.role),
        one.responsibility ?? '',
        one.trigger ?? '',
        ...one.addresses.map(({ value }) => value),
      ),
    ),
    ...pack.escalation.map((one) =>
      own('escalation', anchors.edge(one.id), one.to.roles.map(titleOf).join(', '), one.when.condition, one.level),
    ),
    ...pack.approvals.map((one) => own('approval', 'approvals', one.title, ...one.rules.map(({ text }) => text))),
    ...pack.templates.map((one) =>
      own('template', 'templates', one.title, one.subject, ...one.lines.map(({ text }) => text)),
    ),
    ...pack.drills.map((one) => own('drill', 'drills', one.title)),
    ...pack.places.map((one) => own('place', 'bindings', one.title, one.hint, one.named)),
    ...pack.targets.map((one) => own('target', 'bindings', one.title, one.kind, one.address, one.within)),
  ]
}

type Text = string | undefined

interface Page {
  readonly id: string
  readonly title: string
  readonly summary?: string | undefined
  readonly group?: string | undefined
  readonly stages: readonly Stage[]
}

function paged(pack: Pack, list: PagedList, kind: FoundKind, page: Page): Indexed[] {
  const at = (anchor: string | null) => spotOf(pack, list, page.id, anchor)
  const stage = (one: Stage): Indexed[] => [
    indexed('stage', at(anchors.stage(one.id)), [one.title, one.summary], [pack.title, page.title]),
    ...one.steps.map((step) => stepOf(step, at(anchors.step(one.id, step.id)), [pack.title, page.title, one.title])),
    ...one.options.flatMap((option) => [
      indexed('option', at(anchors.option(one.id, option.id)), [option.title, option.when], [pack.title, page.title]),
      ...option.steps.map((step) =>
        stepOf(step, at(anchors.step(one.id, option.id, step.id)), [pack.title, page.title, option.title]),
      ),
    ]),
  ]
  return [indexed(kind, at(null), [page.title, page.summary, page.group], [pack.title]), ...page.stages.flatMap(stage)]
}

/** The parts of a page, by the ids of the stage, of the option where there is one, and of the step. */
export const anchors = {
  symptom: (id: string) => `symptom-${id}`,
  role: (id: string) => `role-${id}`,
  edge: (id: string) => `edge-${id}`,
  stage: (id: string) => `stage-${id}`,
  option: (stage: string, option: string) => `option-${stage}.${option}`,
  step: (...ids: readonly string[]) => `step-${ids.join('.')}`,
} as const

function spotOf(pack: Pack, list: PagedList, item: string, anchor: string | null): PackSpot {
  return { pack: pack.id, list, item, anchor }
}

function stepOf(step: Step, spot: PackSpot, around: readonly string[]): Indexed {
  const command = 'command' in step ? step.command : undefined
  const said = step.type === 'manual' || step.type === 'check' ? step.text : undefined
  const url = step.type === 'link' ? step.url : undefined
  return indexed('step', spot, [step.title, command, said, url, step.warning, step.note, step.when], around)
}

function indexed(kind: FoundKind, spot: PackSpot, [title = '', ...texts]: Text[], around: readonly string[]): Indexed {
  const text = texts
    .filter((one) => one !== undefined && one !== '')
    .join(' · ')
    .replaceAll(/\s+/g, ' ')
  const low = { title: title.toLowerCase(), text: text.toLowerCase(), around: around.join(' ').toLowerCase() }
  return { kind, spot, title, around, text, low }
}

function wordsIn(typed: string): string[] {
  return typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 20)
}

/** 0 where a word stands nowhere, or where all words are only the titles around it: those are found for themselves. */
function scoreOf({ kind, low }: Indexed, words: readonly string[]): number {
  let score = 0
  let own = 0
  for (const word of words) {
    const inTitle = placeOf(low.title, word)
    const inText = inTitle === 'nowhere' ? placeOf(low.text, word) : 'nowhere'
    if (inTitle !== 'nowhere') own += inTitle === 'begins' ? 10 : 8
    else if (inText !== 'nowhere') own += inText === 'begins' ? 4 : 3
    else if (low.around.includes(word)) score += 1
    else return 0
  }
  return own === 0 ? 0 : score + own + (weights[kind] ?? 0)
}

function placeOf(text: string, word: string): 'begins' | 'inside' | 'nowhere' {
  const at = text.indexOf(word)
  if (at === -1) return 'nowhere'
  return at === 0 || /[\s"'(/·-]/.test(text[at - 1] ?? ' ') ? 'begins' : 'inside'
}

function hitOf({ kind, spot, title, around, text }: Indexed, words: readonly string[]): PackHit {
  return { kind, spot, title: marked(title, words), around, excerpt: marked(stretch(text, words), words) }
}

function stretch(text: string, words: readonly string[]): string {
  const low = text.toLowerCase()
  const places = words.map((word) => low.indexOf(word)).filter((at) => at >= 0)
  const first = places.length === 0 ? 0 : Math.min(...places)
  const from = text.length <= LONGEST || first <= LEAD ? 0 : first - LEAD
  const to = Math.min(text.length, from + LONGEST)
  return `${from === 0 ? '' : '…'}${text.slice(from, to)}${to === text.length ? '' : '…'}`
}

function marked(text: string, words: readonly string[]): Marked {
  const low = text.toLowerCase()
  // A few letters change their length in lower case; then nothing is marked rather than the wrong letters.
  if (low.length !== text.length) return { text, marks: [] }
  const places = words.flatMap((word) => placesOf(low, word)).toSorted((a, b) => a[0] - b[0] || b[1] - a[1])
  const marks: [number, number][] = []
  for (const [start, end] of places) {
    const last = marks.at(-1)
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end)
    else marks.push([start, end])
  }
  return { text, marks }
}

function placesOf(text: string, word: string): [number, number][] {
  const places: [number, number][] = []
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
    places.push([at, at + word.length])
  }
  return places
}
