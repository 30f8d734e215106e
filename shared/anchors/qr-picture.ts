import { z } from 'zod'

/** A QR code as a square drawing: `path` fills its dark modules in a view box of `size` by `size`, quiet zone included. */
export const qrPictureSchema = z.strictObject({ size: z.int().min(1), path: z.string() })

export type QrPicture = z.infer<typeof qrPictureSchema>

/** An anchor as a person takes it along. `qr` is null where there are more heads than a printed code can hold. */
export const madeAnchorSchema = z.strictObject({ text: z.string(), qr: qrPictureSchema.nullable() })

export type MadeAnchor = z.infer<typeof madeAnchorSchema>
