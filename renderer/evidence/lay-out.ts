/**
 * JSON in one line with line breaks and indents put in for reading. Only white space is added, outside of strings:
 * each number and name stands as it was kept. Null for what is not JSON in one line, or was cut off.
 */
export function layOut(name: string, text: string): string | null {
  const json = text.trim()
  if (!name.endsWith('.json') || json.includes('\n') || !/^[[{]/.test(json)) return null
  let depth = 0
  let laidOut = ''
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|\{\s*\}|\[\s*\]|[{}[\],:]|[^"{}[\],:]+|"/g)) {
    if (token === '"') return null
    if (token === '}' || token === ']') depth -= 1
    if (depth < 0) return null
    laidOut += placed(token, depth)
    if (token === '{' || token === '[') {
      depth += 1
      laidOut += breakAt(depth)
    }
  }
  return depth === 0 ? laidOut : null
}

function placed(token: string, depth: number): string {
  if (token === '}' || token === ']') return `${breakAt(depth)}${token}`
  if (token === ',') return `,${breakAt(depth)}`
  return token === ':' ? ': ' : token.trim()
}

function breakAt(depth: number): string {
  return `\n${'  '.repeat(depth)}`
}
