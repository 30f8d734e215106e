import type { Readiness } from '../../shared/packs/readiness.ts'
import { packNamed } from '../packs/packs.ts'
import { readinessIn } from '../packs/readiness.ts'
import type { Face } from './face.ts'
import { counted, plain, table } from './text.ts'

/** `muster ready [PACK]`: what would be missing on the day; of one pack in full, of all in a line each. */
export async function readyCommand({ services, say }: Face, id: string | undefined): Promise<void> {
  const { packs } = services.shelf
  if (id !== undefined) {
    const ready = await readinessIn(services, packNamed(packs, id).pack)
    return say({ readiness: [ready] }, lines(ready))
  }
  const all: Readiness[] = []
  for (const { pack } of packs) all.push(await readinessIn(services, pack))
  say({ readiness: all }, [
    ...overlayLine(all[0] ?? null),
    ...table([
      ['PACK', 'MISSING', 'ADVICE', 'YOURS'],
      ...all.map(({ pack, findings, yours }) => [
        pack.id,
        String(findings.filter(({ weight }) => weight === 'missing').length),
        String(findings.filter(({ weight }) => weight === 'advice').length),
        String(yours.length),
      ]),
    ]),
    'One in full: muster ready PACK',
  ])
}

function overlayLine(ready: Readiness | null): string[] {
  if (ready === null) return []
  const { overlay } = ready
  if (overlay === null) return ['No overlay is in force.']
  if (overlay.problem !== null) return [plain(`The overlay ${overlay.file} cannot be read: ${overlay.problem}`)]
  return [plain(`Filled by the overlay ${overlay.title ?? ''}: ${overlay.file}`)]
}

function lines(ready: Readiness): string[] {
  const { pack, findings, due } = ready
  const missing = findings.filter(({ weight }) => weight === 'missing')
  return [
    plain(`${pack.title} (${pack.id})`),
    ...overlayLine(ready),
    missing.length === 0
      ? 'Nothing is missing that an incident would wait for.'
      : `${counted(missing.length, 'thing is', 'things are')} missing that an incident would wait for.`,
    ...findings.flatMap(({ weight, title, why, next }) => [
      '',
      plain(`${weight === 'missing' ? '!' : '-'} ${title}`),
      plain(`  ${why}`),
      plain(`  ${next}`),
    ]),
    ...(due.length === 0
      ? []
      : [
          '',
          ...table([
            ['DUE', 'ID', 'TITLE', 'LAST', 'NEXT'],
            ...due.map(({ state, id, title, lastAt, dueAt }) => [
              state === 'as-asked' ? 'as asked' : state,
              id,
              title,
              lastAt?.slice(0, 10) ?? 'never',
              dueAt?.slice(0, 10) ?? '',
            ]),
          ]),
        ]),
  ]
}
