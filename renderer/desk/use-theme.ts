import { useMediaQuery } from '@mantine/hooks'
import { useStore } from 'zustand'
import { useStores } from '../stores.ts'

/** Light or dark: as chosen, else as the system has it. Dark where the system says nothing. */
export function useTheme(): 'light' | 'dark' {
  const { preferences } = useStores()
  const theme = useStore(preferences.store, (state) => state.theme)
  const systemIsLight = useMediaQuery('(prefers-color-scheme: light)', false, { getInitialValueInEffect: false })
  if (theme !== 'system') return theme
  return systemIsLight ? 'light' : 'dark'
}
