import { useMediaQuery } from '@mantine/hooks'
import { useLayoutEffect } from 'react'
import { useStore } from 'zustand'
import { useStores } from '../stores.ts'

/**
 * Light or dark: as chosen, else as the system has it. Dark where the system says nothing. High contrast lies over either,
 * as an attribute of the page.
 */
export function useTheme(): 'light' | 'dark' {
  const { preferences } = useStores()
  const theme = useStore(preferences.store, (state) => state.theme)
  const systemIsLight = useMediaQuery('(prefers-color-scheme: light)', false, { getInitialValueInEffect: false })
  useLayoutEffect(() => {
    document.documentElement.toggleAttribute('data-contrast', theme === 'contrast')
  }, [theme])
  if (theme === 'light' || theme === 'dark') return theme
  return systemIsLight ? 'light' : 'dark'
}
