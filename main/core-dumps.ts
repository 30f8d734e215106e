import { existsSync, writeFileSync } from 'node:fs'

const FILTER = '/proc/self/coredump_filter'

/**
 * From now on a core dump of this process, or of a program that it starts, holds none of its memory, and so no secret that is
 * open in it (Linux, core(5): a filter of 0 leaves every mapping out; it is inherited). Elsewhere, and where the system does
 * not allow it, all stays as the system has it. To be called before anything is started.
 */
export function leaveMemoryOutOfCoreDumps(): void {
  if (!existsSync(FILTER)) return
  try {
    writeFileSync(FILTER, '0')
  } catch {
    // A system without a writable /proc keeps its own rule; nothing else depends on this.
  }
}
