/** One line of printable characters: control, format and line characters become spaces, and what is too long is cut. */
export function plain(text: string, longest: number): string {
  const line = text
    .slice(0, longest * 4)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
  const characters = Array.from(line)
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : line
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

/** '40 seconds', '12 minutes', '3 hours', '2 days': the largest unit that fits, rounded down. */
export function spanInWords(ms: number): string {
  const units = [
    ['day', 86_400_000],
    ['hour', 3_600_000],
    ['minute', 60_000],
    ['second', 1_000],
  ] as const
  const [name, size] = units.find(([, unit]) => ms >= unit) ?? ['second', 1_000]
  const count = Math.floor(ms / size)
  return `${count} ${name}${count === 1 ? '' : 's'}`
}
