import { packIdSchema } from './text.ts'

/** Whether a pack may be called that. */
export function isPackId(name: string): boolean {
  return packIdSchema.safeParse(name).success
}

/**
 * A pack to begin with, as text: it lints as it stands, each part says what it is for, and everything that has to be
 * changed says so. `name` is a pack's id.
 */
export function packSkeleton(name: string): string {
  const title = name.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase())
  return `# yaml-language-server: $schema=./muster.dev.v1.schema.json
# The schema helps an editor to complete and to check: muster packs schema > muster.dev.v1.schema.json
# What is wrong with this file says: muster packs lint ${name}.yaml
# What a pack can hold, part by part: docs/packs.md
apiVersion: muster.dev/v1
id: ${name}
title: ${title}
version: 0.1.0
# Which system or organisation it is for.
scope: ${title}
source:
  document: Our own runbook

# How bad it can be, worst first: one to four levels. Ranks, 1 to 4, make levels comparable between packs.
severities:
  - id: sev1
    code: SEV1
    name: Critical
    rank: 1
    summary: The service is down for everybody.
    respondWithinMinutes: 15
  - id: sev2
    code: SEV2
    name: Minor
    rank: 3
    summary: Something is broken, and there is a way round it.
    respondWithinMinutes: 240

# Questions that lead to a severity. A 'yes' makes it at least that bad, or lowers it.
triage:
  whenUnsure: higher
  questions:
    - id: down
      text: Is the service down for everybody?
      yes: { severity: sev1 }
    - id: workaround
      text: Is there a workaround?
      yes: { lowerBy: 1 }

# Posts, not people: who stands behind them is your own, in the contacts.
roles:
  - { id: on-call, title: On-call engineer }
  - { id: lead, title: Team lead }

commander:
  - { severities: [sev1], roles: [lead] }
  - { severities: [sev2], roles: [on-call] }

# Who comes next, and when.
escalation:
  - id: to-lead
    from: { role: on-call }
    to: { roles: [lead] }
    when: { unresolvedMinutes: 30 }

# Where steps run. Each is bound once to an ssh host, a container or a pod; a pack never names the laptop it is read on.
places:
  - { id: server, title: The server, hint: The machine that the service runs on. }

# What is looked at or changed. The address may hold parameters.
targets:
  - { id: service, title: The service, kind: http, address: 'https://\${DOMAIN}' }

# What differs from one installation to the next.
parameters:
  - { id: DOMAIN, title: Domain of the service, type: domain }

# The response from the first minute to the last. Times count from detection or from resolution.
phases:
  - id: first-look
    title: First look
    summary: See what is broken.
    window: { after: detection, fromMinutes: 0, toMinutes: 15 }
    stages:
      - id: look
        title: Look at the service
        purpose: assess
        steps:
          # A probe only looks. \`command\` is what a person would type for it; Muster never runs that text.
          - id: health
            type: probe
            title: Ask the service how it is
            call: { kind: http-get, target: service, path: /health }
            expect: { status: [200] }
            command: curl -s https://\${DOMAIN}/health
          - id: errors
            type: probe
            title: Look for errors in its log
            place: server
            # Patterns are RE2's: no look-around, no references back. https://github.com/google/re2/wiki/Syntax
            call: { kind: log-scan, files: [/var/log/service.log], pattern: ERROR|CRITICAL, last: 50 }
            command: grep -E 'ERROR|CRITICAL' /var/log/service.log | tail -50

# What breaks, how it shows, and what to do.
scenarios:
  - id: not-answering
    title: The service does not answer
    summary: Nobody gets an answer, or only errors.
    symptoms:
      - { id: errors, text: Users report errors on every page. }
    stages:
      - id: mitigate
        title: Bring it back
        purpose: mitigate
        steps:
          # A program that only your team knows runs after consent to exactly these arguments.
          - id: restart
            type: local-command
            title: Restart the service
            place: server
            run: { argv: [systemctl, restart, service] }
            effect: { does: changes, risk: medium }
            command: systemctl restart service
            warning: Requests that are under way are lost.
      - id: verify
        title: See that it helped
        purpose: verify
        steps:
          - id: answers
            type: probe
            title: Ask the service how it is
            call: { kind: http-get, target: service, path: /health }
            expect: { status: [200] }
            command: curl -s https://\${DOMAIN}/health

templates:
  - id: first-notice
    title: First notice
    moment: initial
    lines:
      - { id: what, text: 'We are looking into a problem: \${what}' }
      - { id: next, text: 'Next update: \${next}' }
    fields:
      - { id: what, title: What is wrong, from: title }
      - { id: next, title: When the next update comes, from: next-update }

postMortem:
  title: Post-mortem
  dueWithinHours: 72
  sections:
    - id: story
      title: What happened
      fields:
        - { id: summary, title: Summary, form: text }
        - { id: timeline, title: Timeline, form: timeline }
        - { id: actions, title: What changes, form: action-items }
`
}
