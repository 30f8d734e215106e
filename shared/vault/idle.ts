import { z } from 'zod'

export const DEFAULT_IDLE_MINUTES = 15
export const LEAST_IDLE_MINUTES = 1
export const MOST_IDLE_MINUTES = 480

/** After how many minutes without a sign of anybody the vault locks itself. It always does at some time. */
export const idleMinutesSchema = z.int().min(LEAST_IDLE_MINUTES).max(MOST_IDLE_MINUTES)
