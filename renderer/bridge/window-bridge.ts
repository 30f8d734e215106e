import { BRIDGE_NAME, type Bridge } from '../../shared/bridge.ts'

/** The bridge that the shell put into this window; null where there is none (the page was opened without Muster). */
export function findBridge(): Bridge | null {
  const found: unknown = Reflect.get(window, BRIDGE_NAME)
  return isBridge(found) ? found : null
}

function isBridge(value: unknown): value is Bridge {
  return typeof value === 'object' && value !== null && 'calls' in value && 'listen' in value
}
