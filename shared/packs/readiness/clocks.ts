import type { Pack } from '../pack.ts'
import { inOverlay, type ReadinessFinding } from './finding.ts'

export function clockFindings(pack: Pack): ReadinessFinding[] {
  const open = (path: string, title: string, why: string, next: string): ReadinessFinding => ({
    topic: 'clock',
    weight: 'advice',
    path,
    title,
    why,
    next,
  })
  const covered = (id: string) =>
    pack.cadence.some(({ severities }) => severities.length === 0 || severities.includes(id))
  return [
    ...pack.severities.flatMap(({ id, code, respondWithinMinutes }, i) => [
      ...(respondWithinMinutes === null
        ? [
            open(
              `severities[${i}].respondWithinMinutes`,
              `No response time for ${code}`,
              'No clock runs until the first response.',
              `State it for '${id}' under \`severities\` ${inOverlay}.`,
            ),
          ]
        : []),
      ...(covered(id)
        ? []
        : [
            open(
              'cadence',
              `No rhythm of updates for ${code}`,
              'Nothing reminds of the next update.',
              `State one under \`cadence\` ${inOverlay}: severities [${id}] and updateWithinMinutes.`,
            ),
          ]),
    ]),
    ...pack.cadence.flatMap(({ id, rule, updateWithinMinutes }, i) =>
      updateWithinMinutes === null
        ? [
            open(
              `cadence[${i}].updateWithinMinutes`,
              `No time in the rule '${rule}'`,
              'Its clock runs only where an update names the time of the next.',
              `State minutes for '${id}' under \`cadence\` ${inOverlay}, or leave it to each update.`,
            ),
          ]
        : [],
    ),
    ...pack.notifications.flatMap(({ id, title, withinMinutes }, i) =>
      withinMinutes === null
        ? [
            open(
              `notifications[${i}].withinMinutes`,
              `No time for: ${title}`,
              'It is listed as something to do, and no clock runs for it.',
              `State minutes for '${id}' under \`notifications\` ${inOverlay}.`,
            ),
          ]
        : [],
    ),
    ...(pack.postMortem.dueWithinHours === null
      ? [
          open(
            'postMortem.dueWithinHours',
            'No deadline for the post-mortem',
            'No clock runs for it.',
            `State hours under \`postMortem\` ${inOverlay}.`,
          ),
        ]
      : []),
    ...(needsHours(pack) && pack.businessHours === undefined
      ? [
          open(
            'businessHours',
            'No business hours',
            'Times that count in business hours cannot be told.',
            `State time zone, days, from and to under \`businessHours\` ${inOverlay}.`,
          ),
        ]
      : []),
  ]
}

function needsHours(pack: Pack): boolean {
  const onCall = pack.roles.some((role) => role.onCall.some(({ hours }) => hours === 'business'))
  return onCall || pack.regulatory.some(({ businessHours }) => businessHours)
}
