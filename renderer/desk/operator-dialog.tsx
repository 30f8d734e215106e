import { useCloseOwn } from './own-layer.ts'
import { useStores } from '../stores.ts'
import { Dialog } from '../ui/dialog.tsx'
import { deskWords } from '../words/desk.ts'
import { OperatorForm } from './welcome.tsx'

/** Somebody else takes the keyboard: entries say their name from then on. */
export function OperatorDialog() {
  const { view } = useStores()
  const close = useCloseOwn()
  const words = deskWords.operator
  return (
    <Dialog title={words.title} onClose={() => view.closeTop()}>
      <div className="stack">
        <p className="soft">{words.hint}</p>
        <OperatorForm label={words.label} go={words.set} onDone={close} />
      </div>
    </Dialog>
  )
}
