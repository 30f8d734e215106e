import { refuse } from '../../shared/refusal.ts'
import { chooseBrowser, findBrowser } from '../chromium/find-browser.ts'
import { printToPdfHeadless } from '../chromium/print-to-pdf.ts'
import { Exporter } from '../postmortem/exporter.ts'
import type { Services } from '../services.ts'

const PRINT_WITHIN_MS = 120_000

/** The exporter without a window: PDF is printed by an installed Chromium, or refused (`unsupported`) where there is none. */
export function terminalExporter({ desk, dataFolder }: Services): Exporter {
  return new Exporter(desk, dataFolder, printHeadless)
}

/** Prints a page to PDF in an installed Chromium. Refuses (`unsupported`) where there is none. */
export async function printHeadless(html: string): Promise<Uint8Array> {
  const browser = await chooseBrowser(findBrowser(process.env, process.platform))
  if (browser.path === null) {
    throw refuse('unsupported', {
      tried: 'Print to PDF',
      happened: `No Chromium, Chrome or Edge was found. ${browser.problems.join(' ')}`.trim(),
      next: 'Install Chromium or name a browser in MUSTER_BROWSER, or export as HTML and print that.',
    })
  }
  return printToPdfHeadless({ browserPath: browser.path, html, timeoutMs: PRINT_WITHIN_MS })
}
