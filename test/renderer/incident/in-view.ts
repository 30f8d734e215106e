import type { Page } from 'playwright'

/** What a commander sees at the first glance, by name; each selector may stand for several parts. */
export const firstGlance: Readonly<Record<string, string>> = {
  severity: '.head .severity-badge',
  title: '.head h1',
  mode: '.head .chip.live, .head .chip.exercise',
  number: '.head .chip.mono',
  runtime: '.head .run-time',
  impact: '.head .impact-text',
  link: '.head-links .folding > ul:first-child > li:not(.folded)',
  role: '.head .role',
  clock: '.clocks .clock',
  phase: '.phase-part',
  'checklist item': '.open-step',
  task: '.todo .tasks li',
  call: '.call-part .call',
  finding: '.right .finding-list > li:nth-child(-n + 3)',
  'last entry': '.entry-place:nth-last-child(-n + 3)',
  'quick entry': '.quick textarea',
  verb: '.verbs > .btn, .more > .btn',
  source: '.foot .fresh > ul:first-child > li:not(.folded)',
}

interface Seen {
  /** How many parts there are of each name. */
  readonly counts: Readonly<Record<string, number>>
  /** Those that are cut off, by the window or by a part that scrolls. */
  readonly cut: readonly string[]
}

/** Measures the parts of the first glance where they stand now, without scrolling. */
export function measureFirstGlance(page: Page): Promise<Seen> {
  return page.evaluate((parts) => {
    const counts: Record<string, number> = {}
    const cut: string[] = []
    /** What is left of a part's box inside the window and everything around it that clips. */
    const visible = (part: Element) => {
      const whole = part.getBoundingClientRect()
      let [top, bottom, left, right] = [whole.top, whole.bottom, whole.left, whole.right]
      const within = (box: { top: number; bottom: number; left: number; right: number }) => {
        top = Math.max(top, box.top)
        bottom = Math.min(bottom, box.bottom)
        left = Math.max(left, box.left)
        right = Math.min(right, box.right)
      }
      for (let around = part.parentElement; around !== null; around = around.parentElement) {
        if (getComputedStyle(around).overflow !== 'visible') within(around.getBoundingClientRect())
      }
      within({ top: 0, left: 0, right: window.innerWidth, bottom: window.innerHeight })
      return {
        missing: whole.height - (bottom - top) + (whole.width - (right - left)),
        size: whole.width * whole.height,
      }
    }
    for (const [name, selector] of Object.entries(parts)) {
      const found = [...document.querySelectorAll(selector)]
      counts[name] = found.length
      for (const part of found) {
        const { missing, size } = visible(part)
        if (size === 0 || missing > 1) cut.push(`${name}: ${part.textContent.trim().slice(0, 60)}`)
      }
    }
    return { counts, cut }
  }, firstGlance)
}
