import type { Face } from './face.ts'
import { table } from './text.ts'

/** `muster packs list` */
export async function packsCommand({ services, say, remark }: Face): Promise<void> {
  const { packs, refused } = services.shelf
  const rows = packs.map(({ pack }) => [
    pack.id,
    pack.version,
    pack.title,
    pack.severities.map(({ code }) => code).join(' '),
  ])
  for (const { tried, happened } of refused) remark(`${tried}: ${happened}`)
  say(
    {
      packs: packs.map(({ pack, hash }) => ({
        id: pack.id,
        title: pack.title,
        version: pack.version,
        hash,
        severities: pack.severities.map(({ id, code, name, rank }) => ({ id, code, name, rank })),
        questions: pack.triage.questions.map(({ id, text }) => ({ id, text })),
      })),
      refused,
    },
    table([['ID', 'VERSION', 'TITLE', 'SEVERITIES'], ...rows]),
  )
}
