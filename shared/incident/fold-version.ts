/**
 * Raised whenever the same entries give another state than before (`fold.ts`, or a step of a noun): snapshots of states
 * that an older version kept are then not taken.
 */
export const foldVersion = 11
