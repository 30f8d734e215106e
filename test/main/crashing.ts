import { execFileSync } from 'node:child_process'
import { leaveMemoryOutOfCoreDumps } from '../../main/core-dumps.ts'

// Holds a secret and crashes; says the secret, and which filter a program that it starts has.
leaveMemoryOutOfCoreDumps()
const secret = `kanarien${process.pid}vogel`
const held = Array.from({ length: 1_000 }, () => Buffer.from(secret))
const filter = execFileSync('cat', ['/proc/self/coredump_filter'], { encoding: 'utf8' }).trim()
process.stdout.write(`${secret} ${filter} ${held.length}\n`, () => process.kill(process.pid, 'SIGSEGV'))
