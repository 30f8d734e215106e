import { Component, type ReactNode } from 'react'
import { uiWords } from '../words/ui.ts'
import { RefusalNote } from './refusal-note.tsx'
import { messageOf } from '../../shared/message-of.ts'

interface Props {
  readonly children: ReactNode
}

/** Catches a mistake of the window's own, so that it takes one view away and not the desk. */
export class Mend extends Component<Props, { readonly failed: string | null }> {
  override state = { failed: null }

  static getDerivedStateFromError(error: unknown) {
    return { failed: messageOf(error) }
  }

  override render() {
    const { failed } = this.state
    if (failed === null) return this.props.children
    return (
      <div className="centre">
        <RefusalNote
          refusal={{ code: 'bug', ...uiWords.mistake(failed) }}
          onRetry={() => this.setState({ failed: null })}
        />
      </div>
    )
  }
}
