import { useEffect } from 'react'
import { useStore } from 'zustand'
import { useStores } from '../stores.ts'
import { Dialog } from '../ui/dialog.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { secretsWords } from '../words/secrets.ts'

/** Asks before something that looks like a secret is written for good. Leaving it logs nothing. */
export function SecretsDialog() {
  const { secrets } = useStores()
  const asked = useStore(secrets.store, (state) => state.asked)
  useEffect(() => () => asked?.answer('cancel'), [asked])
  if (asked === null) return null
  return (
    <Dialog title={secretsWords.title} onClose={() => asked.answer('cancel')}>
      <div className="stack">
        <p className="soft">{secretsWords.why}</p>
        <ul>
          {asked.found.slice(0, 10).map(({ rule, masked }) => (
            <li key={`${rule} ${masked}`}>
              <span className="mono">{masked}</span> <span className="soft">{secretsWords.found(rule)}</span>
            </li>
          ))}
        </ul>
        <div className="row wrap">
          <button type="button" className="btn first" onClick={() => asked.answer('mask')} data-autofocus>
            {secretsWords.mask} <KeyCap keys="enter" />
          </button>
          <button type="button" className="btn" onClick={() => asked.answer('keep')}>
            {secretsWords.keep}
          </button>
          <button type="button" className="btn plain end" onClick={() => asked.answer('cancel')}>
            {secretsWords.cancel} <KeyCap keys="escape" />
          </button>
        </div>
      </div>
    </Dialog>
  )
}
