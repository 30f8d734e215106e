import type { Command } from '../keys/commands.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { findingWords } from '../words/findings.ts'

interface Props {
  readonly marks: number
  /** What came of the last copy. */
  readonly said: string
  /** What the system did not let Muster copy; null where it did. */
  readonly text: string | null
  readonly commands: readonly Command[]
}

/** What is marked, what came of copying it, and the keys of the row that has the keyboard. */
export function PageFoot({ marks, said, text, commands }: Props) {
  return (
    <div className="page-foot">
      {text === null ? null : <textarea readOnly aria-label={findingWords.copyText} value={text} rows={4} />}
      <p className="finding-hints faint">
        <output>{said === '' && marks > 0 ? findingWords.marks(marks) : said}</output>
        {commands.map(({ id, title, keys }) => (
          <span key={id}>
            {keys === null ? null : <KeyCap keys={keys} />} {title}
          </span>
        ))}
      </p>
    </div>
  )
}
