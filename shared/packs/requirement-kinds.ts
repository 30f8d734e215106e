import type { ItemKind } from './items.ts'

const looks: readonly ItemKind[] = [
  'step:probe',
  'step:link',
  'step:local-command',
  'step:statement',
  'step:manual',
  'step:evidence',
]

/**
 * Which items of a pack may cover a requirement of which kind. A requirement to look may be met by a program or a
 * statement that only reads; one to change something never by a probe.
 */
export const itemKindsFor: Readonly<Record<string, readonly ItemKind[]>> = {
  action: ['step:action', 'step:local-command', 'step:statement', 'step:manual'],
  'alert-rule': ['alert'],
  approval: ['approval', 'approval-rule'],
  assessment: ['step:check'],
  cadence: ['cadence'],
  'checklist-item': ['step:check'],
  contact: ['contact'],
  'contact-method': ['contact-method'],
  'detection-source': ['detection'],
  drill: ['drill'],
  escalation: ['escalation'],
  evidence: ['step:evidence'],
  'evidence-rule': ['evidence-rule'],
  'incident-type': ['incident-type'],
  indicator: ['indicator'],
  metric: ['metric'],
  notification: ['notification'],
  'on-call': ['on-call'],
  'pack-meta': ['about'],
  parameter: ['parameter'],
  phase: ['phase'],
  'pir-agenda': ['agenda', 'agenda-point', 'review'],
  'pir-field': ['post-mortem-field', 'post-mortem-section'],
  'post-incident': ['post-incident', 'review', 'post-mortem'],
  principle: ['principle'],
  probe: looks,
  'process-step': ['step:check', 'step:manual', 'step:link'],
  reference: ['resource'],
  report: ['report'],
  resource: ['resource'],
  responsibility: ['duty'],
  role: ['role', 'commander'],
  scenario: ['scenario', 'routine', 'stage'],
  schedule: ['routine', 'drill'],
  severity: ['severity'],
  stage: ['stage'],
  symptom: ['symptom'],
  template: ['template', 'post-mortem'],
  // A subject stands on the template itself.
  'template-field': ['template', 'template-line', 'template-field'],
  threshold: ['threshold', 'escalation', 'post-mortem', 'step:action', 'step:probe', 'step:local-command'],
  triage: ['triage-question'],
  wait: ['step:wait'],
}
