import { resolve } from 'node:path'
import type { CustodyStep, EvidenceBundle } from '../../shared/evidence/entries.ts'
import { spellBytes } from '../../shared/evidence/storage.ts'
import { compareByVolatility } from '../../shared/evidence/volatility.ts'
import { refuse } from '../../shared/refusal.ts'
import { progressTeller } from './attach-command.ts'
import type { Face } from './face.ts'
import { secretInput } from './secret-input.ts'
import { counted, plain, table } from './text.ts'
import { unlockVault } from './vault-place.ts'

interface EvidenceOptions {
  readonly check?: boolean
  readonly custody?: boolean
  readonly save?: string
  readonly raw?: string
  readonly out?: string
  readonly to?: string
  readonly because?: string
}

/**
 * `muster evidence ID`: lists the evidence of an incident, what is gone soonest first; with `--check` hashed again, with
 * `--save` an item is written to a file. Answers false where something is not as it was kept.
 */
export async function evidenceCommand(face: Face, named: string, options: EvidenceOptions): Promise<boolean> {
  const { id, core } = await face.services.desk.ask('find', named)
  if (options.raw !== undefined) return saveRaw(face, id, options)
  if (options.save !== undefined || options.out !== undefined) return save(face, id, options)
  let problems: readonly string[] = []
  if (options.check === true) {
    const onProgress = progressTeller(face.remark)
    problems = (await face.services.evidence.checkIncident(id, 'asked for', face.by, { onProgress })).problems
  }
  const { bundles, erased } = await face.services.evidence.bundles(id)
  const doubtful = bundles.filter(
    ({ bundle, lastCheck }) => lastCheck !== null && lastCheck.result !== 'match' && !erased.includes(bundle),
  )
  const isWell = problems.length === 0 && (options.check !== true || doubtful.length === 0)
  const storage = await face.services.evidence.storage()
  const lines = bundles.flatMap((bundle, index) => [
    ...(index === 0 ? [] : ['']),
    ...bundleLines(`E${index + 1}`, bundle, erased.includes(bundle.bundle)),
    ...(options.custody === true ? bundle.custody.map(custodyLine) : []),
  ])
  const none = `${core.number} has no evidence. Sweep an engine, or attach a file: muster attach ${core.number} FILE`
  face.say({ id, number: core.number, bundles, erased, problems, storage }, [
    ...(lines.length === 0 ? [none] : lines),
    ...problems.map((problem) => `NOT READABLE: ${plain(problem)}`),
  ])
  for (const line of storage.says) face.remark(line)
  return isWell
}

function bundleLines(ref: string, bundle: EvidenceBundle, isErased: boolean): string[] {
  const { title, size, stored, items, keptAt, collector, note } = bundle
  const packed = stored.encoding === 'zstd' ? `, ${spellBytes(stored.size)} as stored` : ''
  return [
    plain(
      `${ref} ${title}: ${counted(items.length, 'item')}, ${spellBytes(size)}${packed}, kept ${keptAt} by ${collector}`,
    ),
    `   sha256 ${bundle.bundle}  ${checkWords(bundle, isErased)}`,
    ...(note === null ? [] : [`   ${plain(note).replaceAll('\n', ' ')}`]),
    ...table(
      items
        .toSorted(compareByVolatility)
        .map(({ name, volatility, size: bytes, outcome, sha256 }) => [
          `   ${volatility.rank}`,
          name,
          spellBytes(bytes),
          outcome,
          sha256.slice(0, 12),
        ]),
    ),
  ]
}

function checkWords({ lastCheck }: EvidenceBundle, isErased: boolean): string {
  if (isErased) return 'ERASED'
  if (lastCheck === null) return 'not hashed again yet'
  return `${lastCheck.result.toUpperCase()} ${lastCheck.at}`
}

function custodyLine({ at, by, what, item, result, because, to, how }: CustodyStep): string {
  const whom = to === null ? '' : ` to ${to}, ${how ?? ''}`
  const came = result === null ? '' : ` ${result.toUpperCase()}`
  return plain(
    `   ${at} ${by}: ${what}${item === null ? '' : ` ${item}`}${whom}${came}${because === null ? '' : ` (${because})`}`,
  ).replaceAll('\n', ' ')
}

async function save({ services, by, say, remark }: Face, id: string, options: EvidenceOptions): Promise<boolean> {
  const { save: wanted, out, to, because } = options
  if (wanted === undefined || out === undefined) throw halfAsked()
  const order = {
    incident: id,
    ...(await named(services, id, wanted)),
    path: resolve(out),
    to: to ?? by.name,
    because: because ?? 'saved in a terminal',
  }
  const released = await services.evidence.release(order, by, progressTeller(remark))
  say(released, [
    `Saved ${plain(released.item)} to ${released.path}, ${spellBytes(released.size)}.`,
    `sha256 ${released.sha256}`,
    released.result === 'match'
      ? 'MATCH: the bytes are those that were kept.'
      : 'MISMATCH: the bytes are not those that were kept. Do not rely on them.',
  ])
  return released.result === 'match'
}

/** `muster evidence ID --raw ITEM --out FILE`: opens a sealed raw form, with the vault, on purpose. */
async function saveRaw({ services, by, say }: Face, id: string, options: EvidenceOptions): Promise<boolean> {
  const { raw: wanted, out, to, because, save: other } = options
  if (wanted === undefined || out === undefined || other !== undefined) throw halfAsked()
  const item = await named(services, id, wanted)
  const { vault } = services.vault
  const secrets = secretInput(process.stdin, process.stderr)
  try {
    await unlockVault({ vault, secrets })
    const order = {
      incident: id,
      ...item,
      path: resolve(out),
      to: to ?? by.name,
      because: because ?? 'opened in a terminal',
    }
    const written = await services.evidence.raw.release(order, by)
    say(written, [
      `Opened the raw form of ${plain(item.item)} and saved it as ${written.path}, ${spellBytes(written.size)}.`,
      'The secrets in it are readable there. Delete the file when it has served. The custody log says who took it.',
    ])
    return true
  } finally {
    vault.lock()
    secrets.close()
  }
}

/** `BUNDLE:ITEM` names one of several bundles that hold an item of that name, by the first digits of its hash. */
async function named(
  services: Face['services'],
  id: string,
  wanted: string,
): Promise<{ bundle: string | null; item: string }> {
  const [, prefix, rest] = /^([0-9a-f]{6,64}):(.+)$/s.exec(wanted) ?? []
  const { bundles } = await services.evidence.bundles(id)
  const bundle =
    prefix === undefined ? null : (bundles.find((known) => known.bundle.startsWith(prefix))?.bundle ?? null)
  return { bundle, item: bundle === null || rest === undefined ? wanted : rest }
}

function halfAsked() {
  return refuse('bad-input', {
    tried: 'Save an item of evidence',
    happened: '--save (or --raw) and --out go together: one names the item, the other the file.',
    next: 'Give both: muster evidence ID --save ITEM --out FILE, or --raw ITEM for its sealed raw form.',
  })
}
