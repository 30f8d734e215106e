import type { ReactNode } from 'react'
import type { Pack } from '../../shared/packs/pack.ts'
import { everyWords, packWords } from '../words/packs.ts'
import { Part } from './sheet-part.tsx'

/** What else a pack holds: templates, drills, who is told, what is done afterwards, thresholds, open values. */
export function PackRest({ pack }: { readonly pack: Pack }) {
  const codes = (ids: readonly string[]) =>
    ids.length === 0
      ? packWords.allSeverities
      : ids.map((id) => pack.severities.find((one) => one.id === id)?.code ?? id).join(', ')
  return (
    <>
      <Part id="templates" title={packWords.templates} count={pack.templates.length}>
        <ul className="sheet-lines">
          {pack.templates.map((template) => (
            <li key={template.id}>
              <details className="fold">
                <summary>
                  <b>{template.title}</b> <span className="faint">{packWords.moments[template.moment]}</span>
                </summary>
                {template.subject === undefined ? null : <p className="soft">{template.subject}</p>}
                <pre className="mono template-text">{template.lines.map(({ text }) => text).join('\n')}</pre>
              </details>
            </li>
          ))}
        </ul>
      </Part>
      <Part id="drills" title={packWords.drills} count={pack.drills.length}>
        <Lines
          lines={pack.drills.map((drill) => [
            drill.id,
            drill.title,
            `${packWords.forms[drill.form]} · ${codes(drill.severities)}`,
            drill.every === null ? '' : everyWords(drill.every),
          ])}
        />
      </Part>
      <Part id="notifications" title={packWords.notifications} count={pack.notifications.length}>
        <Lines
          lines={pack.notifications.map((one) => [
            one.id,
            one.title,
            [one.audience, one.condition, one.channel].filter((part) => part !== undefined).join(' · '),
            one.withinMinutes === null ? packWords.notSet : packWords.within(one.withinMinutes),
          ])}
        />
      </Part>
      <Part id="after" title={packWords.afterwards} count={pack.postIncident.length}>
        <Lines
          lines={pack.postIncident.map((one) => [
            one.id,
            one.text,
            [one.group, one.condition].filter((part) => part !== undefined).join(' · '),
            one.withinHours === null ? '' : packWords.within(one.withinHours * 60),
          ])}
        />
      </Part>
      <Part id="thresholds" title={packWords.thresholds} count={pack.thresholds.length}>
        <Lines
          lines={pack.thresholds.map((one) => [
            one.id,
            one.title,
            one.note ?? '',
            `${one.above === undefined ? `< ${one.below}` : `> ${one.above}`} ${unitOf(one.unit)}`,
          ])}
        />
      </Part>
      <Part id="values" title={packWords.values} count={pack.parameters.length}>
        <Lines
          lines={pack.parameters.map((one) => [
            one.id,
            <>
              <span className="mono">{one.id}</span> {one.title}
            </>,
            one.secret ? packWords.secretValue : (one.hint ?? ''),
            one.default ?? '',
          ])}
        />
      </Part>
      <Part id="resources" title={packWords.resources} count={pack.resources.length}>
        <Lines lines={pack.resources.map((one) => [one.id, one.title, one.kind, one.where])} />
      </Part>
    </>
  )
}

type Line = readonly [key: string, what: ReactNode, more: string, value: ReactNode]

function Lines({ lines }: { readonly lines: readonly Line[] }) {
  return (
    <ul className="sheet-lines">
      {lines.map(([key, what, more, value]) => (
        <li key={key} className="sheet-line">
          <span>{what}</span>
          <span className="faint">{more}</span>
          <span className="end soft">{value}</span>
        </li>
      ))}
    </ul>
  )
}

function unitOf(unit: Pack['thresholds'][number]['unit']): string {
  if (unit === 'percent') return '%'
  if (unit === 'count') return ''
  return unit === 'milliseconds' ? 'ms' : unit
}
