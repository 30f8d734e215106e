import { useStore } from 'zustand'
import type { Zone } from '../desk/preferences.ts'
import { useOfNow, useStores } from '../stores.ts'
import { settingsWords as words } from '../words/settings.ts'
import { minuteOfDay } from '../words/time.ts'

const zones: readonly Zone[] = ['utc', 'local']

/** In which zone times are shown and typed, each with what it shows now. */
export function ZoneChoice() {
  const { preferences } = useStores()
  const zone = useStore(preferences.store, (state) => state.zone)
  return (
    <fieldset className="settings-choice">
      <legend className="unseen">{words.times}</legend>
      {zones.map((one) => (
        <label key={one}>
          <input type="radio" name="zone" checked={zone === one} onChange={() => preferences.set({ zone: one })} />
          <Now zone={one} />
        </label>
      ))}
    </fieldset>
  )
}

function Now({ zone }: { readonly zone: Zone }) {
  return useOfNow((nowMs) => words.zones[zone](minuteOfDay(nowMs, zone)))
}
