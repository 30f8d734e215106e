import { useId } from 'react'
import type { Pack } from '../../shared/packs/pack.ts'
import { useCommands } from '../keys/use-commands.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { Shape } from '../ui/severity-mark.tsx'
import { declareWords } from '../words/declare.ts'
import { severityKeys } from './severity-keys.ts'

interface Props {
  readonly pack: Pack
  readonly chosen: string | null
  readonly layer: string
  onChoose(severity: string): void
}

/** The pack's severities, worst first, each under its number key. */
export function SeverityPicker({ pack, chosen, layer, onChoose }: Props) {
  const name = useId()
  const keys = severityKeys(pack.severities)
  useCommands(
    layer,
    declareWords.all,
    pack.severities.map((severity) => ({
      id: `severity.${severity.id}`,
      title: declareWords.commands.severity(severity.code, severity.name),
      ...(keys.get(severity.id) ?? { keys: null }),
      run: () => onChoose(severity.id),
    })),
  )
  return (
    <fieldset className="severities">
      <legend className="unseen">{declareWords.all}</legend>
      {pack.severities.map((severity) => (
        <label key={severity.id} className={chosen === severity.id ? 'severity-choice chosen' : 'severity-choice'}>
          <input
            type="radio"
            name={name}
            value={severity.id}
            checked={chosen === severity.id}
            onChange={() => onChoose(severity.id)}
            data-autofocus={(chosen ?? pack.severities[0]?.id) === severity.id ? '' : undefined}
          />
          <span className="severity-word">
            <Shape rank={severity.rank} /> <b>{severity.code}</b> {severity.name}
          </span>
          <span className="soft">
            {severity.summary}{' '}
            <span className="severity-within faint">
              {severity.respondWithinMinutes === null
                ? declareWords.noResponseTime
                : declareWords.respondWithin(severity.respondWithinMinutes)}
            </span>
            {severity.examples.length === 0 ? null : (
              <span className="severity-examples faint">{severity.examples.join(' · ')}</span>
            )}
          </span>
          <KeyCap keys={keys.get(severity.id)?.keys ?? ''} />
        </label>
      ))}
    </fieldset>
  )
}
