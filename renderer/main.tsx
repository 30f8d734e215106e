import '@fontsource-variable/inter/index.css'
import '@fontsource-variable/jetbrains-mono/index.css'
import '@mantine/core/styles/baseline.css'
import '@mantine/core/styles/default-css-variables.css'
import '@mantine/core/styles/UnstyledButton.css'
import '@mantine/core/styles/CloseButton.css'
import '@mantine/core/styles/Paper.css'
import '@mantine/core/styles/Overlay.css'
import '@mantine/core/styles/ModalBase.css'
import '@mantine/core/styles/Modal.css'
import '@mantine/core/styles/Input.css'
import '@mantine/core/styles/ActionIcon.css'
import '@mantine/core/styles/PasswordInput.css'
import './ui/tokens.css'
import './ui/base.css'
import './ui/mantine.css'
import './ui/parts.css'
import './desk/desk.css'
import './board/board.css'
import './declare/declare.css'
import './incident/incident.css'
import './incident/conflict.css'
import './clocks/clocks.css'
import './phases/phases.css'
import './timeline/timeline.css'
import './findings/findings.css'
import './evidence/evidence.css'
import './erasure/erasure.css'
import './exports/exports.css'
import './handover/handover.css'
import './packs/packs.css'
import './settings/settings.css'
import './storage/storage.css'
import './calls/calls.css'
import './vault/vault.css'
import './palette/palette.css'
import './search/search.css'
import { createRoot } from 'react-dom/client'
import { z } from 'zod'
import { App } from './app.tsx'
import { findBridge } from './bridge/window-bridge.ts'
import { findKeep } from './desk/preferences.ts'
import { createStores, startStores } from './stores.ts'
import { deskWords } from './words/desk.ts'

// zod would try to compile its schemas with `Function`, which the content security policy refuses with a report.
z.config({ jitless: true })

const root = document.getElementById('root')
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
const bridge = findBridge()

if (root !== null && bridge === null) {
  const { tried, happened, next } = deskWords.noBridge
  root.textContent = `${tried}: ${happened} ${next}`
}
if (root !== null && bridge !== null) {
  const stores = createStores({ bridge, now: () => Date.now(), keep: findKeep() })
  startStores(stores, bridge)
  createRoot(root).render(<App stores={stores} nonce={nonce} />)
}
