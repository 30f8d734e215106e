/** Links that Muster opens; see the shell's port. */
const schemes: ReadonlySet<string> = new Set(['https:', 'mailto:', 'tel:', 'sms:'])

/** The scheme of an address, with its colon, in small letters; null where it has none. */
export function schemeOf(url: string): string | null {
  return /^([a-z][a-z0-9+.-]*:)/i.exec(url)?.[1]?.toLowerCase() ?? null
}

/** Whether it is a whole address of one of the kinds that Muster opens: https, mailto, tel and sms; without a name or password in it. */
export function isOpenable(url: string): boolean {
  const scheme = schemeOf(url)
  if (scheme === null || !schemes.has(scheme) || /[\u0000-\u0020\u007f]/.test(url)) return false
  return scheme === 'https:' ? /^https:\/\/[^/?#\s@]+(?:[/?#]|$)/i.test(url) : url.length > scheme.length
}
