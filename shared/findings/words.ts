/** One line of printable characters: control, format and line characters become spaces, and what is too long is cut. */
export function plain(text: string, longest: number): string {
  const line = text
    .slice(0, longest * 4)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
  const characters = Array.from(line)
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : line
}

/** '4 min ago', against `now`; '' where the time is not known. */
export function ago(at: string | null, now: number): string {
  const then = at === null ? Number.NaN : Date.parse(at)
  if (Number.isNaN(then)) return ''
  const seconds = Math.max(0, Math.round((now - then) / 1000))
  if (seconds < 120) return `${seconds} s ago`
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min ago`
  if (seconds < 172_800) return `${Math.round(seconds / 3_600)} h ago`
  return `${Math.round(seconds / 86_400)} days ago`
}

/** '16 MiB' */
export function bytesInWords(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const
  const step = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(bytes, 1)) / 10))
  return `${Number((bytes / 1024 ** step).toFixed(1))} ${units[step] ?? 'B'}`
}

/** A name as a person types it into a shell: plain where it is safe, else in single quotes. */
export function typed(name: string): string {
  return /^[A-Za-z0-9_./:-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`
}
