/**
 * What the list's sentence tells, for when the container itself could not be read: 'Exited (137) 2 minutes ago',
 * 'Up 3 hours (unhealthy)', 'Restarting (1) 4 seconds ago' (moby, container/state.go, `String`; 20.10 to 28).
 */
export function readStatusWords(status: string): { exitCode: number | null; health: string | null } {
  const code = /^(?:Exited|Restarting) \((\d{1,9})\)/.exec(status)?.[1]
  const health = /\((healthy|unhealthy|health: starting)\)$/.exec(status)?.[1]
  return {
    exitCode: code === undefined ? null : Number(code),
    health: health === undefined ? null : health === 'health: starting' ? 'starting' : health,
  }
}
