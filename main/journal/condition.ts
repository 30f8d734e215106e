/** How a journal is, in words for a person. */
export interface JournalCondition {
  /** Why nothing can be written, and what to do; null where all is well. */
  readonly readOnly: string | null
  /** What happened to the journal that a person should know; null where nothing did. */
  readonly remark: string | null
  /** A process ended without closing the journal, and nobody has checked it since. */
  readonly isCheckDue: boolean
}
