/* Words of a severity whose reason may follow. */
export const severityWords = {
  follows: (code: string) => `Enter sets ${code} at once. The reason may follow: the room then says that it is owed.`,
  lowering: (code: string) => `${code} is lower than now. Say why: lowering always needs a reason.`,
  setNow: (code: string) => `Set ${code} now, the reason follows`,
}

/** ▲ first rank, ◆ second, ■ third, ● fourth: the same four everywhere. */
export function severityShape(rank: number): string {
  return ['▲', '◆', '■', '●'][rank - 1] ?? '○'
}
