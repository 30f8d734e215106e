import type { Alert } from '../../shared/incident/alert.ts'
import type { Stores } from '../stores.ts'
import { putBack } from '../timeline/put-back.ts'

/**
 * Puts a pasted alert into the timeline of the incident that was declared from it, at the time it tells of; what is too long
 * for an entry is attached as evidence beside it. What cannot be logged waits in the quick entry.
 */
export async function keepAlert({ attachments, drafts, rooms }: Stores, id: string, alert: Alert): Promise<void> {
  const { note, whole, mode, startedAt } = alert
  const noted = await rooms.change('note', { id, text: note, happenedAt: startedAt })
  if (!noted.ok) putBack(drafts, `note ${id}`, note)
  if (whole === null) return
  const isJson = mode === 'alertmanager' || mode === 'alerts' || mode === 'json'
  const name = isJson ? 'alert.json' : 'alert.txt'
  attachments.offer(id, [new File([whole], name, { type: isJson ? 'application/json' : 'text/plain' })], 'pasted')
  await attachments.send(id)
}
