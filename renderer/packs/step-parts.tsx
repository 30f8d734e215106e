import type { Pack } from '../../shared/packs/pack.ts'
import type { Step } from '../../shared/packs/step.ts'
import { stageLists, stepsIn } from '../../shared/packs/steps-of.ts'
import { useStores } from '../stores.ts'
import { isWhole } from '../todo/links.ts'
import { useAsking } from '../ui/use-asking.ts'
import { CopyText } from '../ui/copy-text.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { guardOf, stepWords, targetOf } from '../words/steps.ts'
import { todoWords } from '../words/todo.ts'

interface StepProps {
  readonly step: Step
  readonly pack: Pack
  /** Steps of the same list, by which others are named. */
  readonly beside: readonly Step[]
}

/** What a step is at a glance: its type, what it risks, whether somebody must say yes. */
export function StepTags({ step }: Pick<StepProps, 'step'>) {
  const guard = guardOf(step)
  const needsYes = (guard?.approval ?? (step.type === 'manual' ? step.approval : undefined)) !== undefined
  return (
    <span className="step-tags">
      <span className="tag">{stepWords.kinds[step.type]}</span>
      {guard === null ? null : <Risk risk={guard.risk} />}
      {step.type === 'manual' && step.effect === 'changes' ? <span className="tag">{stepWords.changes}</span> : null}
      {needsYes ? <span className="tag yes-first">✓? {stepWords.approval}</span> : null}
      {step.warning === undefined ? null : (
        <span className="tag line-due" title={step.warning}>
          △
        </span>
      )}
    </span>
  )
}

function Risk({ risk }: { readonly risk: keyof typeof stepWords.risk }) {
  return (
    <span className={`tag risk risk-${risk}`} title={stepWords.riskMeans[risk]}>
      <span aria-hidden="true">{stepWords.riskShape[risk]}</span> {stepWords.risk[risk]}
    </span>
  )
}

/** All that a step says: when it is done, what can go wrong, where, how, and how its change is held. */
export function StepBody({ step, pack, beside }: StepProps) {
  const place = pack.places.find(({ id }) => id === step.place)?.title
  const target = targetOf(step, pack)
  const where = [place === undefined ? '' : stepWords.where(place), target === null ? '' : stepWords.on(target)]
  const isProbe = step.type === 'probe' || step.type === 'action' || step.type === 'statement'
  return (
    <div className="step-body">
      <Conditions step={step} pack={pack} beside={beside} />
      {step.warning === undefined ? null : <p className="line-due">△ {step.warning}</p>}
      {step.type === 'manual' ? <p className="pre-line">{step.text}</p> : null}
      {step.type === 'check' ? (
        <p>
          <span aria-hidden="true">☐ </span>
          {step.text}
        </p>
      ) : null}
      {step.type === 'check' && step.detail !== undefined ? <p className="soft">{step.detail}</p> : null}
      {step.type === 'wait' ? <p>{stepWords.wait(step.seconds, step.until)}</p> : null}
      {where.some((word) => word !== '') ? (
        <p className="faint">{where.filter((word) => word !== '').join(' · ')}</p>
      ) : isProbe ? (
        <p className="faint">{stepWords.fromHere}</p>
      ) : null}
      {step.type === 'link' ? <OpenLink url={step.url} /> : null}
      {!('command' in step) || step.command === undefined ? null : <CopyText text={step.command} />}
      <Outcome step={step} />
      <Held step={step} pack={pack} beside={beside} />
      {step.note === undefined ? null : <p className="faint">{stepWords.note(step.note)}</p>}
    </div>
  )
}

function Conditions(props: StepProps) {
  const { step, pack } = props
  const titleOf = namesFor(props)
  const codeOf = (id: string) => pack.severities.find((one) => one.id === id)?.code ?? id
  const lines = [
    ...(step.when === undefined ? [] : [stepWords.when(step.when)]),
    ...(step.onlyIf === undefined ? [] : [stepWords.onlyIf(titleOf(step.onlyIf.step), step.onlyIf.came)]),
    ...(step.onlyWith === undefined ? [] : [stepWords.onlyWith(step.onlyWith.parameter, step.onlyWith.values)]),
    ...(step.severities.length === 0 ? [] : [stepWords.onlyAt(step.severities.map(codeOf))]),
    ...(step.forEach === undefined ? [] : [stepWords.forEach(step.forEach)]),
  ]
  return lines.length === 0 ? null : (
    <ul className="step-when">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}

function Outcome({ step }: Pick<StepProps, 'step'>) {
  const words = stepWords.expect
  const expected = step.type === 'probe' || step.type === 'local-command' ? step.expect : undefined
  const exits = step.type === 'local-command' && step.expectExit.join() !== '0' ? step.expectExit : undefined
  const good = [
    ...(expected?.status === undefined ? [] : [words.status(expected.status)]),
    ...(expected?.contains === undefined ? [] : [words.contains(expected.contains)]),
    ...(expected?.below === undefined ? [] : [words.below(expected.below)]),
    ...(expected?.above === undefined ? [] : [words.above(expected.above)]),
    ...(exits === undefined ? [] : [words.exit(exits)]),
    ...(expected?.good === undefined ? [] : [expected.good]),
  ]
  const savedAs = 'saveAs' in step ? step.saveAs : undefined
  const lines = [
    ...(good.length === 0 ? [] : [words.good(good.join(', '))]),
    ...(expected?.bad === undefined ? [] : [words.bad(expected.bad)]),
    ...(step.output === undefined ? [] : [stepWords.output(step.output)]),
    ...(savedAs === undefined ? [] : [stepWords.savedAs(savedAs)]),
    ...(step.type === 'evidence' && step.slow ? [stepWords.slow] : []),
  ]
  return lines.length === 0 ? null : <p className="soft">{lines.join(' ')}</p>
}

function Held(props: StepProps) {
  const { step, pack } = props
  const titleOf = namesFor(props)
  const guard = guardOf(step)
  const approval = guard?.approval ?? (step.type === 'manual' ? step.approval : undefined)
  return (
    <>
      {guard === null ? null : (
        <p className="soft">
          {[
            stepWords.riskMeans[guard.risk],
            guard.evidenceFirst.length === 0 ? '' : stepWords.evidenceFirst(guard.evidenceFirst.map(titleOf)),
            guard.timeBoxMinutes === undefined ? '' : stepWords.timeBox(guard.timeBoxMinutes),
            guard.revertedBy === undefined ? '' : stepWords.revertedBy(titleOf(guard.revertedBy)),
          ]
            .filter((line) => line !== '')
            .join(' ')}
        </p>
      )}
      {approval === undefined ? null : <ApprovalLine id={approval} pack={pack} />}
    </>
  )
}

/** Who must say yes, for a step or for all of an option. */
export function ApprovalLine({ id, pack }: { readonly id: string; readonly pack: Pack }) {
  const approval = pack.approvals.find((one) => one.id === id)
  if (approval === undefined) return null
  const titleOf = (role: string) => pack.roles.find((one) => one.id === role)?.title ?? role
  return <p className="yes-first">✓? {stepWords.approvalBy(approval.title, stepWords.approvers(approval, titleOf))}</p>
}

/** The whole address stands on the button: nobody opens what they have not read. */
function OpenLink({ url }: { readonly url: string }) {
  const { links } = useStores()
  const asking = useAsking()
  if (!isWhole(url)) return <p className="mono">{url}</p>
  return (
    <>
      <button type="button" className="btn link" onClick={() => void asking.ask(() => links.open(url))}>
        {todoWords.openLink(url)}
      </button>
      {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} />}
    </>
  )
}

/** How other steps of the same phase, scenario or routine are called: those of its own list first. */
function namesFor({ step, pack, beside }: StepProps): (id: string) => string {
  return (id) => [...beside, ...stepsAround(step, pack)].find((other) => other.id === id)?.title ?? id
}

function stepsAround(step: Step, pack: Pack): readonly Step[] {
  return (
    stageLists(pack)
      .map(({ stages }) => stepsIn(stages))
      .find((steps) => steps.includes(step)) ?? []
  )
}
