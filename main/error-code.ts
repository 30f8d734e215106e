/** The code of an error of the system or of Node ('ENOENT'); null where what was thrown has none. */
export function codeOf(thrown: unknown): string | null {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : null
}
