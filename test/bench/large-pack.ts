import { packSkeleton } from '../../shared/packs/skeleton.ts'

/** A pack of nearly as many bytes, without a problem: the skeleton with as many scenarios and steps as it takes. */
export function largePack(bytes: number): string {
  const [before = '', after = ''] = packSkeleton('large').split('# What breaks')
  const [, rest = ''] = after.split('\ntemplates:')
  const scenarios = 80
  const stepBytes = step(0).length
  const steps = Math.floor((bytes - before.length - rest.length - scenarios * 300) / scenarios / stepBytes)
  const written = Array.from({ length: scenarios }, (_, i) => scenario(i, steps)).join('')
  return `${before}scenarios:\n${written}\ntemplates:${rest}`
}

function scenario(index: number, steps: number): string {
  const lists = Array.from({ length: Math.ceil(steps / 50) }, (_, i) => Math.min(50, steps - i * 50))
  return `  - id: scenario-${index}
    title: Scenario ${index}
    summary: What breaks, and how it shows.
    stages:
${lists.map((count, i) => stage(i, count)).join('')}`
}

function stage(index: number, steps: number): string {
  return `      - id: stage-${index}
        title: Stage ${index}
        purpose: diagnose
        steps:
${Array.from({ length: steps }, (_, i) => step(i)).join('')}`
}

function step(index: number): string {
  return `          - id: step-${String(index).padStart(3, '0')}
            type: probe
            title: Ask the service how it is, number ${String(index).padStart(3, '0')}
            call: { kind: http-get, target: service, path: /health }
            expect: { status: [200] }
            command: curl -s https://\${DOMAIN}/health
            note: What the runbook says about it is said here again.
`
}
