import type { IncidentState } from '../../shared/incident/state.ts'
import { type Report, type Span, spanOf } from '../../shared/people/span.ts'
import { scrollable } from '../ui/scrollable.ts'
import { teamWords } from '../words/teams.ts'

/** Who reports to whom, as a tree: the commander, who reports to them and as what, and whom those lead. */
export function SpanPicture({ state }: { readonly state: IncidentState }) {
  const span = spanOf(state)
  const { commander, reports, isTooWide } = span
  const count = reports.length
  return (
    <section className="span-picture" aria-label={teamWords.span} {...scrollable}>
      <h3>{teamWords.span}</h3>
      <p className={isTooWide ? 'line-due' : 'soft'}>
        {isTooWide ? teamWords.tooWide(count) : teamWords.wellWithin(count)}
      </p>
      <p className="span-commander">
        <b>{commander ?? teamWords.nobodyCommands}</b>{' '}
        <span className="faint">{count === 0 ? teamWords.nobodyReports : teamWords.reports(count)}</span>
      </p>
      <ul className="span-reports">
        {reports.map((report) => (
          <ReportLine key={report.name} report={report} span={span} />
        ))}
      </ul>
    </section>
  )
}

function ReportLine({ report, span }: { readonly report: Report; readonly span: Span }) {
  const led = span.teams.filter(({ lead, members }) => lead === report.name && members.length > 0)
  return (
    <li>
      <b>{report.name}</b> <span className="soft">{report.as.map(teamWords.as).join(' · ')}</span>
      {led.map(({ title, members }) => (
        <ul key={title} className="span-reports">
          {members.map((member) => (
            <li key={member}>
              {member} <span className="faint">{title}</span>
            </li>
          ))}
        </ul>
      ))}
    </li>
  )
}
