/**
 * Which folder may see which, checked on the list of files that the compiler itself reads for a folder: it holds every
 * import there is, in whatever form it is written (types, `import()`, re-exports), which a rule on text may miss.
 */
const visible: Readonly<Record<string, readonly string[]>> = {
  shared: ['shared'],
  main: ['main', 'shared'],
  preload: ['preload', 'shared'],
  renderer: ['renderer', 'shared'],
}

const folders: readonly string[] = ['shared', 'main', 'preload', 'renderer', 'test', 'workshop']

/**
 * The arrows that point the wrong way.
 *
 * @param folder the folder whose program was listed
 * @param listed the paths of that program, relative to the project, with `/`
 */
export function wrongArrows(folder: string, listed: readonly string[]): string[] {
  const allowed = visible[folder]
  if (allowed === undefined) return []
  return listed
    .filter((file) => folders.includes(file.split('/', 1)[0] ?? ''))
    .filter((file) => !allowed.includes(file.split('/', 1)[0] ?? ''))
    .map((file) => `${folder}/ sees ${file}; it may see ${allowed.map((name) => `${name}/`).join(' and ')} only.`)
}
