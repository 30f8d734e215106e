import { resolve } from 'node:path'
import type { ExportFormat } from '../../shared/postmortem/entries.ts'
import type { Face } from './face.ts'
import { terminalExporter } from './terminal-exporter.ts'

/** `muster export ID --format F --out FILE` */
export async function exportCommand(
  { services, by, say }: Face,
  named: string,
  options: { format: ExportFormat; out: string },
): Promise<void> {
  const { id, core } = await services.desk.ask('find', named)
  const exporter = terminalExporter(services)
  await services.evidence.checkIncident(id, 'exported', by)
  const made = await exporter.make(id, options.format)
  const written = await exporter.write(id, made, resolve(options.out), by)
  say({ id, number: core.number, format: options.format, ...written }, [
    `Wrote the post-mortem of ${core.number} to ${written.path}.`,
    `sha256 ${written.sha256}`,
    `Journal head ${written.head}`,
  ])
}
