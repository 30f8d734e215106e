import { useEffect, useState } from 'react'
import type { Argument } from '../../shared/contract.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import { useStores } from '../stores.ts'
import type { Typed } from './typed.ts'

/** A brief is asked for once typing rests for so long. */
const REST_MS = 300

/** The brief as HTML, made anew when something of the incident or of what is typed has changed. */
export function useBrief({ id, entries }: IncidentState, typed: Typed): string | null {
  const { handover } = useStores()
  const [html, setHtml] = useState<string | null>(null)
  const asked = JSON.stringify({ typed, entries })
  useEffect(() => {
    let isOld = false
    const make = async () => {
      const { typed: now } = JSON.parse(asked) as { typed: Argument<'handover.brief'> }
      const outcome = await handover.brief({ ...now, id })
      if (outcome.ok && !isOld) setHtml(outcome.value.html)
    }
    const timer = setTimeout(() => void make(), REST_MS)
    return () => {
      isOld = true
      clearTimeout(timer)
    }
  }, [handover, id, asked])
  return html
}
