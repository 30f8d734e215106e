import type { OtherWaiver } from '../../shared/findings/calls.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import { waiverKeyOf } from '../../shared/findings/waivers.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Pack, Scenario } from '../../shared/packs/pack.ts'
import { useCommands } from '../keys/use-commands.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { findingWords } from '../words/findings.ts'
import { FindingCard } from './finding-card.tsx'
import { commandsFor, findingAt } from './finding-keys.ts'
import { useFindingActs } from './use-finding-acts.ts'
import { useRowFocus } from './use-row-focus.ts'

interface Props {
  readonly findings: readonly Finding[]
  readonly state: IncidentState
  readonly pack: Pack | null
  readonly isKept: boolean
  readonly elsewhere: readonly OtherWaiver[]
  onSelect(scenario: Scenario, finding: Finding): void
}

/** Findings in the room, with keys of their own while one of them has the keyboard. */
export function FindingList({ findings, state, pack, isKept, elsewhere, onSelect }: Props) {
  const acts = useFindingActs(state, pack, isKept)
  const { list, at, step, onKeyDown, onFocus, onBlur } = useRowFocus<HTMLOListElement>('base')
  const focused = findingAt(findings, at)
  const words = findingWords.keys
  const commands = isKept ? commandsFor(focused, acts) : []
  useCommands('base', words.group, [
    ...(focused === undefined
      ? []
      : [
          { id: 'finding.down', title: words.down, keys: 'j', also: 'arrowdown', run: () => step(1) },
          { id: 'finding.up', title: words.up, keys: 'k', also: 'arrowup', run: () => step(-1) },
        ]),
    ...commands,
  ])
  return (
    <>
      {acts.asking.refusal === null ? null : (
        <RefusalNote refusal={acts.asking.refusal} onDismiss={acts.asking.forget} />
      )}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows move between the findings in it */}
      <ol className="finding-list" ref={list} onKeyDown={onKeyDown} onFocus={onFocus} onBlur={onBlur}>
        {findings.map((finding) => (
          <li key={waiverKeyOf(finding)}>
            <FindingCard
              finding={finding}
              state={state}
              pack={pack}
              isKept={isKept}
              acts={acts}
              elsewhere={elsewhere}
              isMarked={null}
              onSelect={onSelect}
            />
          </li>
        ))}
      </ol>
      {commands.length === 0 ? null : (
        <p className="faint finding-hints">
          {commands.map(({ id, title, keys }) => (
            <span key={id}>
              {keys === null ? null : <KeyCap keys={keys} />} {title}
            </span>
          ))}
        </p>
      )}
    </>
  )
}
