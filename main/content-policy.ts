/**
 * The one owner of what a page of Muster may do, for both shells: its content security policy and the headers
 * that go with every file of the window.
 */

/** The placeholder in the built index.html that each answer replaces by that load's nonce. */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__'

/**
 * The window's policy. Scripts come from the window's own origin alone; style tags need the nonce (Mantine 9 writes
 * some: `getStyleNonce`, https://mantine.dev/theming/mantine-provider/). Nothing is ever fetched: the bridge is the
 * only way out. `nonce` must be new for each load.
 */
export function windowPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'none'",
    "worker-src 'none'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** A document to be printed: its own styles, pictures and fonts from within itself, and no script. */
export const PRINT_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  'font-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  'sandbox',
].join('; ')

const refusedFeatures = [
  'camera',
  'microphone',
  'geolocation',
  'display-capture',
  'usb',
  'serial',
  'hid',
  'bluetooth',
  'midi',
  'payment',
  'fullscreen',
]

/** The headers of every answer, whatever the file. */
export function windowHeaders(policy: string): Record<string, string> {
  return {
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'Permissions-Policy': refusedFeatures.map((feature) => `${feature}=()`).join(', '),
    'Cache-Control': 'no-store',
  }
}
