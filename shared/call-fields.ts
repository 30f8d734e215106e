import { z } from 'zod'
import { ulidSchema } from './journal/header.ts'

/* Fields that the window's calls share: what people write, by how much of it is taken. */

/** Of an incident. */
export const id = ulidSchema
export const line = z.string().trim().min(1).max(300)
/** A person's name as the journal takes it: no longer than `personSchema` allows. */
export const personName = z.string().trim().min(1).max(200)
/** What a task, a decision, an update or a reason says. */
export const said = z.string().trim().min(1).max(20_000)
/** A note with whatever was pasted into it. */
export const text = z.string().trim().min(1).max(100_000)
/** What a call answers that only does. */
export const nothing = z.null()
