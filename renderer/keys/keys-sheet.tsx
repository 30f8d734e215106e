import { useState } from 'react'
import { useStores } from '../stores.ts'
import type { CommandGroup } from './commands.ts'
import { Dialog } from '../ui/dialog.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { paletteWords } from '../words/palette.ts'

/** The keys of what a person looks at. `under` is the layer that the sheet lies over. */
export function KeysSheet({ under }: { readonly under: string }) {
  const { commands, view } = useStores()
  const [groups] = useState(() => withKeys(commands.of(under)))
  return (
    <Dialog title={paletteWords.keysTitle} onClose={() => view.closeTop()} size={1120}>
      <div className="keys-sheet">
        {groups.map((group) => (
          <section key={group.title} aria-label={group.title}>
            <h2>{group.title}</h2>
            <dl>
              {group.commands.map((command) => (
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

/** What has no key is the palette's, and a part without any is left out. */
function withKeys(groups: readonly CommandGroup[]): CommandGroup[] {
  return groups
    .map(({ title, commands }) => ({ title, commands: commands.filter(({ keys }) => keys !== null) }))
    .filter(({ commands }) => commands.length > 0)
}
