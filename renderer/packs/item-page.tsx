import { useState } from 'react'
import type { Pack } from '../../shared/packs/pack.ts'
import { anchors } from '../../shared/packs/search.ts'
import type { Stage, StageOption } from '../../shared/packs/stage.ts'
import type { Step } from '../../shared/packs/step.ts'
import { stepsIn } from '../../shared/packs/steps-of.ts'
import type { Command } from '../keys/commands.ts'
import { useCommands } from '../keys/use-commands.ts'
import { CommandButton } from '../ui/command-button.tsx'
import { packWords, windowWords } from '../words/packs.ts'
import { stepWords } from '../words/steps.ts'
import { itemsOfList, type PackPage } from './pack-pages.ts'
import { ApprovalLine, StepBody, StepTags } from './step-parts.tsx'
import { useAnchor } from './use-anchor.ts'
import { UsesLine } from './uses-line.tsx'

interface Props {
  readonly pack: Pack
  readonly page: Extract<PackPage, { name: 'item' }>
  onOpen(page: PackPage): void
}

/** As many steps stand open at once; longer pages begin folded. */
const OPEN_AT_MOST = 30

/** A scenario, a phase or a routine as a page: how it shows, then its parts with all their steps. */
export function ItemPage({ pack, page, onOpen }: Props) {
  const items = itemsOfList(pack, page.list)
  const place = items.findIndex(({ id }) => id === page.item)
  const item = items[place]
  const [isOpen, setOpen] = useState(() => stepsIn(item?.stages ?? []).length <= OPEN_AT_MOST)
  useAnchor(page)
  const go = (by: number) => {
    const other = items[place + by]
    if (other !== undefined) onOpen({ name: 'item', id: pack.id, list: page.list, item: other.id })
  }
  const words = packWords.commands
  const next: Command = { id: 'packs.next', title: words.next, keys: 'j', run: () => go(1) }
  const before: Command = { id: 'packs.before', title: words.before, keys: 'k', run: () => go(-1) }
  const fold: Command = { id: 'packs.fold', title: words.fold, keys: 'o', run: () => setOpen(!isOpen) }
  const up: Command = {
    id: 'packs.page-up',
    title: packWords.back(pack.title),
    keys: 'backspace',
    run: () => onOpen({ name: 'pack', id: pack.id, anchor: page.list }),
  }
  useCommands('base', packWords.one[page.list], [next, before, fold, up])
  if (item === undefined) return <p className="soft">{packWords.none(page.item)}</p>
  const scenario = page.list === 'scenarios' ? pack.scenarios.find(({ id }) => id === item.id) : undefined
  const phase = page.list === 'phases' ? pack.phases.find(({ id }) => id === item.id) : undefined
  return (
    <article className="item-page" aria-label={item.title}>
      <header className="stack">
        <div className="row wrap">
          <CommandButton command={up} look="plain">
            ← {pack.title}
          </CommandButton>
          <span className="end row wrap">
            {place > 0 ? (
              <CommandButton command={before} look="plain">
                {packWords.before}
              </CommandButton>
            ) : null}
            {place < items.length - 1 ? (
              <CommandButton command={next} look="plain">
                {packWords.next}
              </CommandButton>
            ) : null}
            <CommandButton command={fold}>{isOpen ? packWords.foldAll : packWords.openAll}</CommandButton>
          </span>
        </div>
        <h1>
          <span className="faint">{packWords.one[page.list]}</span> {item.title}
        </h1>
        {phase === undefined ? null : <p className="soft">{windowWords(phase.window)}</p>}
        <p>{item.summary}</p>
        <UsesLine pack={pack} stages={item.stages} onOpen={onOpen} />
        {scenario === undefined || scenario.symptoms.length === 0 ? null : (
          <section aria-label={packWords.symptoms}>
            <h2>{packWords.symptoms}</h2>
            <ul className="symptoms">
              {scenario.symptoms.map(({ id, text }) => (
                <li key={id} id={anchors.symptom(id)} tabIndex={-1}>
                  {text}
                </li>
              ))}
            </ul>
          </section>
        )}
      </header>
      {item.stages.map((stage, index) => (
        <StagePart key={stage.id} stage={stage} number={index + 1} pack={pack} isOpen={isOpen} anchor={page.anchor} />
      ))}
    </article>
  )
}

interface StageProps {
  readonly stage: Stage
  readonly number: number
  readonly pack: Pack
  readonly isOpen: boolean
  readonly anchor: string | undefined
}

function StagePart({ stage, number, pack, isOpen, anchor }: StageProps) {
  return (
    <section className="stage" id={anchors.stage(stage.id)} tabIndex={-1} aria-label={stage.title}>
      <h2 className="stage-title">
        <span className="stage-number">{number}</span> {stage.title}
        <span className="faint">
          {[
            stage.title === stepWords.purposes[stage.purpose] ? '' : stepWords.purposes[stage.purpose],
            stage.steps.length === 0 ? '' : packWords.steps(stage.steps.length),
          ]
            .filter((part) => part !== '')
            .join(' · ')}
        </span>
      </h2>
      {stage.summary === undefined ? null : <p className="soft">{stage.summary}</p>}
      <Steps steps={stage.steps} pack={pack} isOpen={isOpen} path={[stage.id]} anchor={anchor} />
      {stage.options.length === 0 ? null : (
        <div className="stage-ways">
          <p className="step-head">
            {stepWords.oneOf(stage.options.length)}
            {stage.chosenBy === undefined ? null : <span className="faint"> {stepWords.chosenBy(stage.chosenBy)}</span>}
          </p>
          <div className="ways-side-by-side">
            {stage.options.map((option) => (
              <WayPart key={option.id} option={option} stage={stage} pack={pack} isOpen={isOpen} anchor={anchor} />
            ))}
          </div>
        </div>
      )}
    </section>
  )
}

interface WayProps extends Omit<StageProps, 'number'> {
  readonly option: StageOption
}

function WayPart({ option, stage, pack, isOpen, anchor }: WayProps) {
  return (
    <section
      className={option.lastResort ? 'card way-card last-resort' : 'card way-card'}
      id={anchors.option(stage.id, option.id)}
      tabIndex={-1}
      aria-label={option.title}
    >
      <h3>{option.title}</h3>
      {option.lastResort ? <p className="line-due">▼ {stepWords.lastResortWhy}</p> : null}
      {option.when === undefined ? null : <p>{stepWords.when(option.when)}</p>}
      {option.approval === undefined ? null : <ApprovalLine id={option.approval} pack={pack} />}
      <Steps steps={option.steps} pack={pack} isOpen={isOpen} path={[stage.id, option.id]} anchor={anchor} />
    </section>
  )
}

interface StepsProps {
  readonly steps: readonly Step[]
  readonly pack: Pack
  readonly isOpen: boolean
  readonly path: readonly string[]
  readonly anchor: string | undefined
}

function Steps({ steps, pack, isOpen, path, anchor }: StepsProps) {
  return (
    <ol className="steps">
      {steps.map((step, index) => {
        const id = anchors.step(...path, step.id)
        return (
          <li key={step.id} className="step-card" id={id} tabIndex={-1}>
            <StepPart
              key={String(isOpen)}
              step={step}
              number={index + 1}
              pack={pack}
              beside={steps}
              startsOpen={isOpen || id === anchor}
            />
          </li>
        )
      })}
    </ol>
  )
}

interface StepProps {
  readonly step: Step
  readonly number: number
  readonly pack: Pack
  readonly beside: readonly Step[]
  readonly startsOpen: boolean
}

function StepPart({ step, number, pack, beside, startsOpen }: StepProps) {
  const [isOpen, setOpen] = useState(startsOpen)
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className="faint">{number}</span> <b>{step.title}</b> <StepTags step={step} />
      </summary>
      {isOpen ? <StepBody step={step} pack={pack} beside={beside} /> : null}
    </details>
  )
}
