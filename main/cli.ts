import { leaveMemoryOutOfCoreDumps } from './core-dumps.ts'
import { projectFolders } from './project-folders.ts'
import { runTerminal } from './terminal/run-terminal.ts'

leaveMemoryOutOfCoreDumps()
// The exit code is set rather than forced, so that what was printed still reaches a slow pipe.
process.exitCode = await runTerminal(process.argv.slice(2), projectFolders(import.meta.url).assets)
