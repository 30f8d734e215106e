import { useState } from 'react'
import { useStore } from 'zustand'
import { useCommands } from '../keys/use-commands.ts'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { Dialog } from '../ui/dialog.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { practiceWords } from '../words/practice.ts'
import { uiWords } from '../words/ui.ts'

/** Restarts a service of the simulated system, as somebody at its keyboard would. */
export function RestartDialog({ id }: { readonly id: string }) {
  const { desk, practice, view } = useStores()
  const services = useStore(desk.store, (known) => known.desk?.practice.services) ?? []
  const [done, setDone] = useState<string | null>(null)
  const asking = useAsking()
  const words = practiceWords.restart
  const restart = async (service: string) => {
    setDone(null)
    if (await asking.ask(() => practice.restart(id, service))) setDone(service)
  }
  useCommands(
    'restart',
    words.title,
    services.map((service, index) => ({
      id: `restart.${service}`,
      title: words.set(service),
      keys: index < 9 ? String(index + 1) : null,
      run: () => void restart(service),
    })),
  )
  return (
    <Dialog title={words.title} onClose={() => view.closeTop()}>
      <div className="stack">
        <p className="soft">{words.why}</p>
        {services.length === 0 ? (
          <p>
            {words.none} {words.noneNext}
          </p>
        ) : null}
        <ul className="stack services">
          {services.map((service, index) => (
            <li key={service}>
              <button
                type="button"
                className="btn"
                disabled={asking.isAsking}
                onClick={() => void restart(service)}
                data-autofocus={index === 0 ? '' : undefined}
              >
                {words.set(service)} {index < 9 ? <KeyCap keys={String(index + 1)} /> : null}
              </button>
            </li>
          ))}
        </ul>
        {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} />}
        <output>
          {asking.isAsking ? <span className="asked">{uiWords.asking}</span> : null}
          {done === null ? null : `✓ ${words.done(done)}`}
        </output>
      </div>
    </Dialog>
  )
}
