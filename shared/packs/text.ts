import { z } from 'zod'

/**
 * Characters that no text of a pack may hold: controls (NUL, escape, C1) apart from tab and line feed, marks that
 * reorder or hide text on screen (bidi controls, zero-width spaces, tags, line and paragraph separators), and lone
 * surrogates. https://trojansource.codes shows what they can do. Joiners stay: emoji and several scripts need them;
 * so do the visible signs among the format characters of Arabic.
 */
const hiddenCharacter = /(?!\t|\n|\u200c|\u200d|[\u0600-\u0605\u06dd])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

/** Where the first character stands that text may not hold, and its name as 'U+202E'; null for clean text. */
export function findHidden(text: string): { index: number; name: string } | null {
  const found = hiddenCharacter.exec(text)
  if (found === null) return null
  const code = found[0].codePointAt(0) ?? 0
  return { index: found.index, name: `U+${code.toString(16).toUpperCase().padStart(4, '0')}` }
}

/** The text with '\ufffd' in the place of each character that a pack may not hold: fit to be quoted in a message. */
export function maskHidden(text: string): string {
  return text.replaceAll(new RegExp(hiddenCharacter, 'gu'), '\ufffd')
}

const clean = (maximum: number) =>
  z
    .string()
    .min(1)
    .max(maximum)
    .superRefine((text, context) => {
      const hidden = findHidden(text)
      if (hidden !== null) context.addIssue({ code: 'custom', message: `holds the unseen character ${hidden.name}` })
    })

/** One line of visible text, at most 300 characters. */
export const lineSchema = clean(300).refine((text) => !text.includes('\n'), 'holds a line break')
/** Text of several lines, at most 4,000 characters. */
export const proseSchema = clean(4_000)
/** An id inside a pack: lower-case words and digits joined by hyphens. */
export const packIdSchema = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'is not lower-case words and digits joined by hyphens')
/** Name of a value that is asked for or given: letters, digits and underscores, as in `${namespace}`. */
export const parameterIdSchema = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'is not letters, digits and underscores')
/** Ids of the requirements that an item covers, for example INF-005; none where it covers none. */
export const coversSchema = z
  .array(z.string().regex(/^[A-Z]{2,8}-\d{1,5}$/, 'is not an id such as INF-005'))
  .max(100)
  .default([])
/** An expression that is searched for in lines, in the syntax of RE2: https://github.com/google/re2/wiki/Syntax */
export const patternSchema = clean(500).refine((text) => !text.includes('\n'), 'holds a line break')
/** A file's name without a folder, as evidence is saved under: no slash, no leading dot. May hold `${…}`. */
export const fileNameSchema = clean(200).refine(
  (name) => !/[/\\:\n]/.test(name) && !name.startsWith('.'),
  'is not the plain name of a file',
)
/** A path at a place, absolute or from the place's folder; it never climbs above it. May hold `${…}` and `*`. */
export const placePathSchema = clean(300).refine(
  (path) => !path.includes('\n') && !path.split('/').includes('..'),
  'climbs out of its folder or holds a line break',
)
/** Whole or broken minutes, more than none. */
export const minutesSchema = z.number().positive().max(5_256_000)
