import { useState } from 'react'
import { useStores } from '../stores.ts'
import { Dialog } from '../ui/dialog.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { paletteWords } from '../words/palette.ts'

/** The keys of what a person looks at. `under` is the layer that the sheet lies over. */
export function KeysSheet({ under }: { readonly under: string }) {
  const { commands, view } = useStores()
  const [groups] = useState(() => commands.of(under))
  return (
    <Dialog title={paletteWords.keysTitle} onClose={() => view.closeTop()} size={720}>
      <div className="keys-sheet">
        {groups.map((group) => (
          <section key={group.title} aria-label={group.title}>
            <h2>{group.title}</h2>
            <dl>
              {group.commands
                .filter((command) => command.keys !== null)
                .map((command) => (
                  <div key={command.id} className="keys-line">
                    <dt>{command.title}</dt>
                    <dd>
                      {command.keys === null ? null : <KeyCap keys={command.keys} />}{' '}
                      {command.also === undefined ? null : <KeyCap keys={command.also} />}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
