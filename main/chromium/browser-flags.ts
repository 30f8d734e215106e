/** How the window's browser is started: what it must not do, and where it keeps its profile. */
export interface BrowserFlagOptions {
  readonly profileFolder: string
  readonly platform: NodeJS.Platform
  readonly isRoot: boolean
  /** 0 opens a debugging port of the system's choice, for tests alone. Null opens none. */
  readonly debuggingPort: 0 | null
  readonly extraArguments: readonly string[]
}

/** What every browser that Muster starts is told, with or without a window. */
function quietFlags(options: BrowserFlagOptions): string[] {
  return [
    '--remote-debugging-pipe',
    `--user-data-dir=${options.profileFolder}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--no-service-autorun',
    '--no-pings',
    '--disable-background-networking',
    '--disable-breakpad',
    '--disable-client-side-phishing-detection',
    '--disable-component-extensions-with-background-pages',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-domain-reliability',
    '--disable-extensions',
    '--disable-field-trial-config',
    '--disable-quic',
    '--disable-sync',
    '--metrics-recording-only',
    '--disable-features=Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider,AutofillServerCommunication,AnchorElementInteraction,NavigationPredictor',
    // Even a request that slipped past the interception finds no server, and no proxy that would look one up.
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--no-proxy-server',
    '--password-store=basic',
    '--use-mock-keychain',
    ...sandboxFlags(options),
  ]
}

/**
 * Chromium refuses its sandbox to root on Linux; `--test-type` hides the bar that says so. For a user it stays on.
 */
function sandboxFlags(options: BrowserFlagOptions): string[] {
  return options.platform === 'linux' && options.isRoot ? ['--no-sandbox', '--test-type'] : []
}

/** The flags of the app's window. It opens on `firstUrl`: `--app=about:blank` would open a tabbed browser (156). */
export function windowFlags(options: BrowserFlagOptions & { readonly firstUrl: string }): string[] {
  return [
    ...quietFlags(options),
    '--deny-permission-prompts',
    '--hide-crash-restore-bubble',
    '--disable-session-crashed-bubble',
    ...(options.debuggingPort === null ? [] : [`--remote-debugging-port=${options.debuggingPort}`]),
    ...options.extraArguments,
    `--app=${options.firstUrl}`,
  ]
}

/** The flags of a browser that only prints. */
export function headlessFlags(options: BrowserFlagOptions): string[] {
  return [...quietFlags(options), '--headless', '--disable-gpu', ...options.extraArguments]
}
