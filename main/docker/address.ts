/** Where a certificate's files lie, and what is asked of the other side's. */
export interface TlsFiles {
  /** Holds ca.pem, cert.pem and key.pem, or some of them. They are read when a connection is opened, and not kept. */
  readonly folder: string
  /** False: whoever answers is believed. */
  readonly verifies: boolean
}

/** What it takes to get in, beside what the endpoint says. Never a secret: paths, and the environment that ssh starts with. */
export interface Access {
  /** Null where the endpoint is not reached by TLS, or no folder is known. */
  readonly tls: TlsFiles | null
  /** With it the user's own ssh finds its configuration, its keys and its agent. */
  readonly environment: Readonly<Record<string, string>>
  /** '1.43' where the user pins it by DOCKER_API_VERSION; null: the engine speaks its own. */
  readonly apiVersion: string | null
}

export const noAccess: Access = { tls: null, environment: {}, apiVersion: null }

/** A host as the system's ssh is given it; `path` is the engine's socket over there, null for the one docker takes. */
export interface SshPlace {
  readonly user: string | null
  readonly host: string
  readonly port: number | null
  readonly path: string | null
}

/** Where an engine listens, with what it takes to get there. */
export type Address =
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'tls'; readonly host: string; readonly port: number; readonly files: TlsFiles | null }
  | { readonly kind: 'ssh'; readonly place: SshPlace; readonly environment: Access['environment'] }

/** How long ssh may take until it stands; beyond it ssh itself gives up. */
const sshConnectMs = 10_000

/** A login may have ten sessions at once (sshd_config, MaxSessions), one of which holds it, and one asks for the others. */
export const sshSessions = 8
/** Where a socket is forwarded, each connection is a file handle of the far side's sshd, which may have 1,024. */
export const sshForwarded = 256

/** What a call may take longer because its connection must be opened first. */
export function connectingMs({ kind }: Address): number {
  return kind === 'ssh' ? sshConnectMs : 0
}

/** How many calls may be under way at once before a connection stands; null: as many as are asked for. */
export function callsAtOnce({ kind }: Address): number | null {
  return kind === 'ssh' ? sshSessions : null
}
