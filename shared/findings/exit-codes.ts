/**
 * What an exit code says by convention: 126 and 127 from the shell and from Docker, 128 + n for a signal n
 * (POSIX, Shell Command Language 2.8.2; signal numbers as on Linux x86 and arm).
 */
export function exitCodeInWords(code: number): string {
  const said = conventions[code]
  return said === undefined ? `exit code ${code}` : `exit code ${code}, ${said}`
}

const conventions: Readonly<Record<number, string>> = {
  125: 'Docker itself failed',
  126: 'its command may not be run',
  127: 'its command was not found',
  132: 'an illegal instruction (SIGILL)',
  134: 'it gave up by itself (SIGABRT)',
  135: 'a bad memory access (SIGBUS)',
  136: 'an arithmetic error (SIGFPE)',
  137: 'killed (SIGKILL)',
  139: 'a bad memory access (SIGSEGV)',
  143: 'asked to end (SIGTERM)',
}
