import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { refuse } from '../../shared/refusal.ts'

/** Reads secrets, one after the other: never from arguments or the environment, which other users of the machine may see. */
export interface SecretInput {
  /** One secret. At a keyboard it is asked for and not shown; from a pipe it is the next line. */
  read(question: string): Promise<string>
  close(): void
}

/** Secrets from standard input, typed or piped. */
export function secretInput(input: NodeJS.ReadStream, output: NodeJS.WriteStream): SecretInput {
  const isTyped = input.isTTY
  // What readline would echo of the keys goes nowhere; questions go straight to the terminal.
  const nowhere = new Writable({ write: (_piece, _encoding, done) => done() })
  const lines = createInterface({ input, output: nowhere, terminal: isTyped })
  const waiting = lines[Symbol.asyncIterator]()
  return {
    async read(question) {
      if (isTyped) output.write(`${question}: `)
      const next = await waiting.next()
      if (isTyped) output.write('\n')
      const line = next.done === true ? '' : next.value
      if (line !== '') return line
      throw refuse('bad-input', {
        tried: question,
        happened: 'Nothing was given.',
        next: 'Type it when asked, or pipe it in as a line of standard input.',
      })
    },
    close: () => lines.close(),
  }
}
