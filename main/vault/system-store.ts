/**
 * The operating system's store for secrets: the Secret Service on Linux, the Keychain on macOS, the Credential Manager on
 * Windows. Holds one key of 32 bytes for each vault, by the vault's id.
 */
export interface SystemStore {
  /** Whether it is there and answers; `why` says in words why not. */
  isThere(): Promise<{ has: boolean; why: string }>
  /** It, `find` and `forget` refuse (`not-allowed`, `timed-out`) what the store will not do. */
  keep(vault: string, key: Uint8Array): Promise<void>
  /** Null where it holds none for this vault. */
  find(vault: string): Promise<Uint8Array | null>
  forget(vault: string): Promise<void>
}
