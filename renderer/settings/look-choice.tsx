import { useStore } from 'zustand'
import { type Theme, themes } from '../desk/preferences.ts'
import { useStores } from '../stores.ts'
import { settingsWords as words } from '../words/settings.ts'

/** Light or dark: the window follows at once. */
export function LookChoice() {
  const { preferences } = useStores()
  const theme = useStore(preferences.store, (state) => state.theme)
  const choose = (one: Theme) => preferences.set({ theme: one })
  return (
    <fieldset className="settings-choice">
      <legend className="unseen">{words.look}</legend>
      {themes.map((one) => (
        <label key={one}>
          <input
            type="radio"
            name="look"
            checked={theme === one}
            onChange={() => choose(one)}
            data-autofocus={theme === one ? '' : undefined}
          />
          {words.looks[one]}
        </label>
      ))}
    </fieldset>
  )
}
